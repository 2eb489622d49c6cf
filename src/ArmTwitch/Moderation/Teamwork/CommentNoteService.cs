using ArmTwitch.Comments;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Teamwork;

/// <summary>Keeps what moderators note about a comment.</summary>
public sealed partial class CommentNoteService(
    CommentRowLock rows, CommentChangeNotifier notifier, TimeProvider clock, ILogger<CommentNoteService> logger)
{
    /// <param name="note">The id, made with the form, and the words.</param>
    public async Task<DecisionOutcome> AddAsync(
        Guid commentId, (Guid Id, string Text) note, Decider by, CancellationToken cancellationToken = default)
    {
        Comment? noted = null;
        var result = await rows.RunAsync(commentId, by, ModeratorRole.Moderator, async (db, comment) =>
        {
            var outcome = await AddAsync(db, comment, note, by, clock.GetUtcNow(), cancellationToken);
            noted = outcome is DecisionOutcome.Done ? comment : null;
            return new(outcome);
        }, cancellationToken);
        if (noted is null)
            return result.Outcome;
        LogAdded(commentId, by.Id);
        notifier.Notify(noted, isSeen: false);
        return DecisionOutcome.Done;
    }

    /// <summary>Deletes a note of one's own.</summary>
    public async Task<DecisionOutcome> DeleteAsync(Guid commentId, Guid noteId, Decider by, CancellationToken cancellationToken = default)
    {
        var result = await rows.RunAsync(commentId, by, ModeratorRole.Moderator, async (db, comment) =>
        {
            var deleted = await db.Set<CommentNote>()
                .Where(note => note.Id == noteId && note.CommentId == commentId && note.ModeratorId == by.Id)
                .ExecuteDeleteAsync(cancellationToken);
            return new(deleted > 0 ? DecisionOutcome.Done : DecisionOutcome.NotAllowed);
        }, cancellationToken);
        return result.Outcome;
    }

    /// <summary>Adds a note to what the caller's transaction saves.</summary>
    internal static async Task<DecisionOutcome> AddAsync(
        ArmTwitchDb db, Comment comment, (Guid Id, string Text) note, Decider by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var text = CommentTextCleaner.Clean(note.Text);
        if (text.Length is 0 or > CommentNote.MaxTextLength || by.Id is not { } moderator)
            return DecisionOutcome.NotAllowed;
        if (comment.Status is CommentStatus.Erased or CommentStatus.Withdrawn)
            return DecisionOutcome.NoSuchComment;
        if (await db.Set<CommentNote>().AnyAsync(one => one.Id == note.Id, cancellationToken))
            return DecisionOutcome.AlreadyDecided;
        db.Add(new CommentNote
        {
            Id = note.Id,
            CommentId = comment.Id,
            ModeratorId = moderator,
            By = by.Name,
            Text = text,
            At = at,
        });
        await db.SaveChangesAsync(cancellationToken);
        return DecisionOutcome.Done;
    }

    [LoggerMessage(LogLevel.Information, "Comment {CommentId} has a note by {ModeratorId}")]
    private partial void LogAdded(Guid commentId, Guid? moderatorId);
}
