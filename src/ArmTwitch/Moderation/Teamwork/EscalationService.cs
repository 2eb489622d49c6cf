using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Teamwork;

/// <summary>
/// Passes a comment that waits on to a colleague, who then sees it before all but the crises. Anybody may still decide on it.
/// </summary>
public sealed partial class EscalationService(
    IDbContextFactory<ArmTwitchDb> databases, CommentRowLock rows, CommentChangeNotifier notifier, TimeProvider clock,
    ILogger<EscalationService> logger)
{
    /// <returns>Everybody else, by name.</returns>
    public async Task<IReadOnlyList<Colleague>> ListColleaguesAsync(Guid me, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.Where(one => one.Id != me).OrderBy(one => one.DisplayName).ThenBy(one => one.Id)
            .Select(one => new Colleague(one.Id, one.DisplayName)).ToListAsync(cancellationToken);
    }

    /// <param name="note">A note for the colleague; null for none.</param>
    public async Task<DecisionResult> PassOnAsync(
        Guid commentId, Guid colleague, (Guid Id, string Text)? note, Decider by, CancellationToken cancellationToken = default)
    {
        Comment? passed = null;
        CommentDecision? entry = null;
        var result = await rows.RunAsync(commentId, by, ModeratorRole.Moderator, async (db, comment) =>
        {
            if (!comment.IsWaiting)
                return new(DecisionOutcome.AlreadyDecided);
            if (colleague == by.Id || !await db.Users.AnyAsync(one => one.Id == colleague, cancellationToken))
                return new(DecisionOutcome.NotAllowed);
            // One time tells which words came with it (CommentReview.PassedOnWith).
            var at = clock.GetUtcNow();
            if (note is { } words && await CommentNoteService.AddAsync(db, comment, words, by, at, cancellationToken)
                is not (DecisionOutcome.Done or DecisionOutcome.AlreadyDecided) and var refused)
                return new(refused);
            await db.Set<Comment>().Where(one => one.Id == commentId).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.EscalatedTo, colleague)
                    .SetProperty(one => one.ClaimedBy, (Guid?)null).SetProperty(one => one.ClaimedUntil, (DateTimeOffset?)null),
                cancellationToken);
            entry = by.Record(comment, DecisionKind.Escalate, comment.Status, at, new(colleague.ToString()));
            db.Add(entry);
            passed = comment;
            return new(DecisionOutcome.Done);
        }, cancellationToken);
        if (passed is null)
            return result;
        LogPassedOn(commentId, by.Id, colleague);
        notifier.Notify(passed, isSeen: false);
        return new(DecisionOutcome.Done, DecisionId: entry!.Id);
    }

    [LoggerMessage(LogLevel.Information, "Comment {CommentId} was passed on by {ModeratorId} to {ColleagueId}")]
    private partial void LogPassedOn(Guid commentId, Guid? moderatorId, Guid colleagueId);
}

/// <summary>Another moderator.</summary>
public sealed record Colleague(Guid Id, string Name);
