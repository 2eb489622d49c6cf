using ArmTwitch.Articles;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Hosting;

/// <summary>Degraded when an article is broken; unhealthy when no content could be read at all.</summary>
internal sealed class ContentHealthCheck(ArticleLibrary library) : IHealthCheck
{
    private const int MaxFaults = 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var content = library.Current;
        if (library.Unreadable is not null)
        {
            return content.Latest.Count > 0
                ? HealthCheckResult.Degraded("The content folder cannot be read; the last version is served.")
                : HealthCheckResult.Unhealthy("The content folder cannot be read, and there is no version to serve.");
        }

        if (content.Latest.Count is 0 && content.Faults.Count is 0)
            return HealthCheckResult.Degraded("There is no article.");
        var articles = Plural.Of(content.Latest.Count, "article");
        if (content.Faults.Count is 0)
            return HealthCheckResult.Healthy(articles);
        var faults = content.Faults.Take(MaxFaults).Select(diagnostic => diagnostic.ToString()).ToList();
        return HealthCheckResult.Degraded(
            $"{articles}, {Plural.Of(content.Faults.Count, "fault")}", data: new Dictionary<string, object> { ["faults"] = faults });
    }
}
