using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Newsletter.Stopping;

/// <summary>Degraded while an issue stands still and no editor has wanted that.</summary>
internal sealed class StoppedIssuesHealthCheck(IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!database.IsReady)
            return HealthCheckResult.Healthy();
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var stopped = await db.Set<Issue>().WhereStopped().OrderBy(issue => issue.Id).Select(issue => issue.Slug)
                .ToListAsync(cancellationToken);
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
