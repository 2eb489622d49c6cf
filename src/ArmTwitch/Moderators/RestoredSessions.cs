using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators;

/// <summary>Ends every session: one that has ended since the backup would be open again. Signing in again is little to ask.</summary>
public sealed class RestoredSessions : IRestoredPart
{
    public async Task<IReadOnlyList<string>> PutRightAsync(ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await db.Set<ModeratorSession>().ExecuteDeleteAsync(cancellationToken);
        return ["Every moderator signs in again."];
    }
}
