using ArmTwitch.Data;
using ArmTwitch.Data.Restoring;

namespace ArmTwitch.Operations;

/// <summary>
/// Holds back what may have gone out since the backup, in a database that was put back by other tools than <see cref="BackupService"/>.
/// </summary>
public sealed class RestoredDatabaseService(WriteTransactionFactory writing, IEnumerable<IRestoreReconciler> reconcilers)
{
    /// <summary>Has to run before the site starts. A second time it changes nothing more.</summary>
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
