using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Data.Retention;

/// <summary>Says when something is kept longer than was promised.</summary>
internal sealed class RetentionHealthCheck(RetentionService housekeeping) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            housekeeping.FailingRules is { Count: > 0 } failing
                ? HealthCheckResult.Degraded($"What is over could not be deleted since {failing.Values.Min():yyyy-MM-dd HH:mm} UTC: {string.Join(", ", failing.Keys.Order(StringComparer.Ordinal))}. The log says why.")
                : HealthCheckResult.Healthy());
}
