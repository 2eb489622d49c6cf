using ArmTwitch.Data.Restoring;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Makes SQLite forget. <c>secure_delete</c> (<see cref="SqliteConnectionInterceptor"/>) overwrites what is deleted in the database file;
/// older pages with it still stand in the write-ahead log until that is cut off, and in a file that was written before
/// <c>secure_delete</c>.
/// </summary>
internal static class SqliteMaintenance
{
    /// <summary>In <c>user_version</c>, which nothing else uses: the file holds nothing that was deleted.</summary>
    private const int Forgets = 1;

    /// <summary>Brings the write-ahead log into the file and cuts it off.</summary>
    /// <returns>False when somebody was reading all the time, so that a part of it stays until the next time.</returns>
    public static async Task<bool> TruncateLogAsync(ArmTwitchDb db, CancellationToken cancellationToken = default)
    {
        if (!db.Database.IsSqlite())
            return true;
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            // The first column says whether somebody stood in the way.
            return await command.ExecuteScalarAsync(cancellationToken) is 0L;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Writes a file from before <c>secure_delete</c> anew, once.</summary>
    /// <returns>False when it could not, for want of room for instance.</returns>
    public static async Task<bool> TryVacuumAsync(ArmTwitchDb db, CancellationToken cancellationToken = default)
    {
        if (!db.Database.IsSqlite()
            || await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version")
                .SingleAsync(cancellationToken) >= Forgets)
            return true;
        try
        {
            await db.ExecuteAsync("VACUUM", cancellationToken);
            await db.ExecuteAsync($"PRAGMA user_version={Forgets}", cancellationToken);
            return await TruncateLogAsync(db, cancellationToken);
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
