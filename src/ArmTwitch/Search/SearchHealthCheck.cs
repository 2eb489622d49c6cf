using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Search;

/// <summary>Degraded while the index of the search has failed.</summary>
internal sealed class SearchHealthCheck(ArticleSearch search) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(search.FailedAt is { } failedAt
            ? HealthCheckResult.Degraded(
                $"The search index has failed at {failedAt:HH:mm:ss} UTC. Searches look at titles and summaries, or at older texts; the log says why.")
            : HealthCheckResult.Healthy());
}
