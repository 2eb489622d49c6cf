using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Data.Changes;

/// <summary>Degraded while this replica does not hear what others change. Readers see a page that is at most five seconds old.</summary>
internal sealed class ChangeListenerHealthCheck(PostgresChangeListener listener) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(listener.Trouble is { } trouble && listener.SinceLastAnswer > PostgresChangeListener.StaleAfter
            ? HealthCheckResult.Degraded($"This replica does not hear what others change ({trouble}). Pages may be up to 5 seconds old. "
                + "Behind a connection pooler LISTEN needs its session mode.")
            : HealthCheckResult.Healthy());
}
