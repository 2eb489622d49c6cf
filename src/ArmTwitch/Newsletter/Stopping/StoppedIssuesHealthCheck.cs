using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Newsletter.Stopping;

/// <summary>Degraded while an issue stands still and no editor has wanted that.</summary>
internal sealed class StoppedIssuesHealthCheck(DatabaseReads reads, DatabaseInitializer database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!database.IsReady)
            return HealthCheckResult.Healthy();
        try
        {
            var stopped = await reads.ReadAsync(
                db => db.Set<Issue>().WhereStopped().OrderBy(issue => issue.Id).Select(issue => issue.Slug)
                    .ToListAsync(CancellationToken.None),
                cancellationToken);
            return stopped.Count is 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"Issues of the newsletter that have stopped: {string.Join(", ", stopped)}. "
                    + "An editor sees why at /moderation/newsletter, and resumes or cancels.");
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            // The check of the database says so.
            return HealthCheckResult.Healthy();
        }
    }
}
