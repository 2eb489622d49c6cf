using ArmTwitch.Data.Restoring;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Removes deleted data from the disk. <c>secure_delete</c> (<see cref="SqliteConnectionInterceptor"/>) overwrites it in the database file
/// only. Old pages stay in the write-ahead log until it is truncated, and in a file from before <c>secure_delete</c> until a VACUUM.
/// </summary>
internal static class SqliteMaintenance
{
    /// <summary>The <c>user_version</c> of a file that holds no deleted data. Nothing else uses that field.</summary>
    private const int Clean = 1;

    /// <summary>Writes the write-ahead log into the file and truncates it. The caller holds the <see cref="SqliteWriteLock"/>.</summary>
    /// <returns>False when readers were active all the time, so that a part of the log stays.</returns>
    public static async Task<bool> TruncateLogAsync(ArmTwitchDb db, CancellationToken cancellationToken = default)
    {
        if (!db.Database.IsSqlite())
            return true;
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            // The first column is 1 when readers blocked it.
            return await command.ExecuteScalarAsync(cancellationToken) is 0L;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Rewrites a file from before <c>secure_delete</c>, once.</summary>
    /// <returns>False when that failed, for instance because the disk is full.</returns>
    public static async Task<bool> TryVacuumAsync(ArmTwitchDb db, CancellationToken cancellationToken = default)
    {
        if (!db.Database.IsSqlite()
            || await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version")
                .SingleAsync(cancellationToken) >= Clean)
            return true;
        try
        {
            await db.ExecuteAsync("VACUUM", cancellationToken);
            await db.ExecuteAsync($"PRAGMA user_version={Clean}", cancellationToken);
            return await TruncateLogAsync(db, cancellationToken);
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
