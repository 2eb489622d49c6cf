using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Mail.Queueing;

/// <summary>Degraded while due mails do not leave. The site itself does not need them.</summary>
internal sealed class OutboxHealthCheck(OutboxMonitor monitor, DatabaseReads reads) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await reads.WithinPatienceAsync(() => monitor.CheckAsync(CancellationToken.None), cancellationToken) is { } stall
                ? HealthCheckResult.Degraded(stall)
                : HealthCheckResult.Healthy();
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return HealthCheckResult.Degraded($"The outbox cannot be read ({DatabaseFailureClassifier.CodeOf(failed)}).");
        }
    }
}
