using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Data.Retention;

/// <summary>Degraded while a retention rule fails: something is kept longer than promised.</summary>
internal sealed class RetentionHealthCheck(RetentionService retention) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            retention.FailingRules is { Count: > 0 } failing
                ? HealthCheckResult.Degraded($"What is over could not be deleted since {failing.Values.Min():yyyy-MM-dd HH:mm} UTC: "
                    + $"{string.Join(", ", failing.Keys.Order(StringComparer.Ordinal))}. The log says why.")
                : HealthCheckResult.Healthy());
}
