using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Changes;
using ArmTwitch.Data.Restoring;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Operations;

/// <summary>
/// Holds back what may have gone out since the backup, in a database that was put back by other tools than <see cref="BackupService"/>.
/// </summary>
public sealed class RestoredDatabaseService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, IEnumerable<IRestoreReconciler> reconcilers)
{
    /// <summary>Whether a site runs on the database, or on SQLite a command. It asks before this program has opened the database.</summary>
    public async Task<bool> IsInUseAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            return await db.Database.SqlQuery<bool>(
                $"""
                SELECT EXISTS (SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name = {PostgresChangeListener.ApplicationName}) AS "Value"
                """).SingleAsync(cancellationToken);
        }

        var file = Path.GetFullPath(db.Database.GetDbConnection().DataSource);
        if (!File.Exists(file))
            return false;
        using var alone = DatabaseFileLock.TryAcquireExclusive(file);
        return alone is null;
    }

    /// <summary>
    /// Has to run before the site starts; until then a second time changes nothing more. Afterwards it would hold mails that are new.
    /// </summary>
    /// <returns>Sentences for the operator.</returns>
    public async Task<IReadOnlyList<string>> HoldAsync(CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var lines = new List<string>();
        foreach (var reconciler in reconcilers)
            lines.AddRange(await reconciler.HoldAsync(write.Db, cancellationToken));
        await write.CommitAsync(cancellationToken);
        return
        [
            .. lines,
            "Nothing is known of what happened since the backup: who has left or was erased since is back. Before an issue is sent, "
                + "unsubscribe and erase them again. Comments that were taken off the page since are on it again.",
            "Accounts are those of the backup: 'moderators list' shows whether somebody is back who was removed since.",
            "Nothing that was held is sent before somebody says so. Start the site.",
        ];
    }
}
