using System.Linq.Expressions;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>
/// The only way to change a comment as a moderator. It locks the row first and reads it then, so nothing that was read before somebody
/// else's change is written back. Other writers of the row wait until the transaction ends.
/// </summary>
public sealed class CommentRowLock(WriteTransactionFactory writing, SessionStore sessions)
{
    /// <summary>How long to wait for other writers. After that the moderator is asked to try again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="atLeast">The role that the action needs; the statement that locks the row checks it.</param>
    /// <param name="act">
    /// Gets the comment as it is now. What it writes is committed only if it returns <see cref="DecisionOutcome.Done"/>.
    /// </param>
    /// <returns>What the action returned, or why it was not begun.</returns>
    internal async Task<DecisionResult> RunAsync(
        Guid commentId, Decider decider, ModeratorRole atLeast, Func<ArmTwitchDb, Comment, Task<DecisionResult>> act,
        CancellationToken cancellationToken)
    {
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        var db = write.Db;
        var row = db.Set<Comment>().AsNoTracking().Where(one => one.Id == commentId);
        var allowed = row.Where(IsAuthorized(db, decider, atLeast));
        // Changes nothing and locks the row. If PostgreSQL waits here, it checks the account as it was before, so the read checks again.
        var locked = await allowed.ExecuteUpdateAsync(set => set.SetProperty(one => one.Revision, one => one.Revision), cancellationToken);
        if (locked is 0 || await allowed.SingleOrDefaultAsync(cancellationToken) is not { } comment)
            return new(
                await MayAsync(db, decider, atLeast, cancellationToken) ? DecisionOutcome.NoSuchComment : DecisionOutcome.MayNoLonger);
        var result = await act(db, comment);
        if (result.Outcome is DecisionOutcome.Done)
            await write.CommitAsync(cancellationToken);
        return result;
    }

    /// <returns>The condition that the moderator still has the role. The command line always may.</returns>
    private Expression<Func<Comment, bool>> IsAuthorized(ArmTwitchDb db, Decider decider, ModeratorRole atLeast)
    {
        if (decider.Id is not { } id)
            return _ => true;
        var authorized = sessions.AuthorizedModerators(db, id, atLeast, decider.Session);
        return _ => authorized.Any();
    }

    private Task<bool> MayAsync(ArmTwitchDb db, Decider decider, ModeratorRole atLeast, CancellationToken cancellationToken) =>
        decider.Id is { } id
            ? sessions.AuthorizedModerators(db, id, atLeast, decider.Session).AnyAsync(cancellationToken)
            : Task.FromResult(true);
}
