using System.Linq.Expressions;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>
/// The one way in which a moderator's act changes a comment: its row is taken first and read afterwards, so nothing is written that was
/// read before somebody else's act. Whoever else wants the row waits until the act is over.
/// </summary>
public sealed class CommentRowLock(WriteTransactionFactory writing, SessionStore sessions)
{
    /// <summary>How long a moderator waits for others who write before being asked to try again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="atLeast">The role that the act takes; it is asked for in the statement that takes the row.</param>
    /// <param name="act">
    /// Gets the comment as it is now. What it does is kept if it answers <see cref="DecisionOutcome.Done"/>, else nothing is.
    /// </param>
    /// <returns>What the act answered, or why it was not even begun.</returns>
    internal async Task<DecisionResult> RunAsync(
        Guid commentId, Decider decider, ModeratorRole atLeast, Func<ArmTwitchDb, Comment, Task<DecisionResult>> act,
        CancellationToken cancellationToken)
    {
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        var db = write.Db;
        var row = db.Set<Comment>().AsNoTracking().Where(one => one.Id == commentId);
        var allowed = row.Where(OnlyWhile(db, decider, atLeast));
        // Changes nothing and locks the row. PostgreSQL may wait here, and looks at the person as of before the wait: the read looks again.
        var taken = await allowed.ExecuteUpdateAsync(set => set.SetProperty(one => one.Revision, one => one.Revision), cancellationToken);
        if (taken is 0 || await allowed.SingleOrDefaultAsync(cancellationToken) is not { } comment)
            return new(
                await MayAsync(db, decider, atLeast, cancellationToken) ? DecisionOutcome.NoSuchComment : DecisionOutcome.MayNoLonger);
        var result = await act(db, comment);
        if (result.Outcome is DecisionOutcome.Done)
            await write.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>The part of a statement that asks whether the moderator still may. Whoever has the machine always may.</summary>
    private Expression<Func<Comment, bool>> OnlyWhile(ArmTwitchDb db, Decider decider, ModeratorRole atLeast)
    {
        if (decider.Id is not { } id)
            return _ => true;
        var who = sessions.AuthorizedModerators(db, id, atLeast, decider.Session);
        return _ => who.Any();
    }

    private Task<bool> MayAsync(ArmTwitchDb db, Decider decider, ModeratorRole atLeast, CancellationToken cancellationToken) =>
        decider.Id is { } id
            ? sessions.AuthorizedModerators(db, id, atLeast, decider.Session).AnyAsync(cancellationToken)
            : Task.FromResult(true);
}
