using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Data.Clocks;

/// <summary>Degraded while the clocks differ: this replica does nothing that only time triggers.</summary>
internal sealed class ClockHealthCheck(ClockComparison clocks, DatabaseReads reads) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var found = await reads.WithinPatienceAsync(() => clocks.FindDifferenceAsync(CancellationToken.None), cancellationToken);
            return found is { } difference
                ? HealthCheckResult.Degraded($"The clock of this machine is {difference} that of PostgreSQL. {ClockComparison.Consequence}.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            // The check of the database says so.
            return HealthCheckResult.Healthy();
        }
    }
}
