using ArmTwitch.Data;
using ArmTwitch.Data.Restoring;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>Ends every session after a restore: one that ended after the backup would be open again.</summary>
public sealed class SessionRestoreReconciler : IRestoreReconciler
{
    public Task<IReadOnlyList<string>> ReconcileAsync(
        ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken = default) => HoldAsync(db, cancellationToken);

    public async Task<IReadOnlyList<string>> HoldAsync(ArmTwitchDb db, CancellationToken cancellationToken = default)
    {
        await db.Set<ModeratorSession>().ExecuteDeleteAsync(cancellationToken);
        return ["Every moderator signs in again."];
    }
}
