using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Data.Availability;

/// <summary>Degraded while the database cannot be used. Articles are served without it.</summary>
internal sealed class DatabaseHealthCheck(
    DatabaseInitializer database, DatabaseReads reads, DatabaseCorruptionMonitor corruption) : IHealthCheck
{
    private const string Damaged = "The database file is corrupt. Stop the site and restore a backup.";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (corruption.IsFound)
            return HealthCheckResult.Degraded(Damaged);
        if (!database.IsReady)
            return HealthCheckResult.Degraded(
                database.Unreachable is { } code ? DoesNotAnswer(code) : "The database is not up to date yet.");
        try
        {
            // On SQLite opening a connection need not read the file; this statement does.
            await reads.ReadAsync(
                db => db.Database.SqlQueryRaw<int>(
                    db.Database.IsSqlite() ? "SELECT COUNT(*) AS Value FROM sqlite_master" : "SELECT 1 AS \"Value\"")
                    .SingleAsync(CancellationToken.None),
                cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return HealthCheckResult.Degraded(DatabaseFailureClassifier.IsCorruption(failed)
                ? Damaged
                : DoesNotAnswer(DatabaseFailureClassifier.CodeOf(failed)));
        }
    }

    private static string DoesNotAnswer(string code) => $"The database does not answer ({code}). {DatabaseInitializer.WhatToDo}.";
}
