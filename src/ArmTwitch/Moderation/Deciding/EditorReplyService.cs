using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.QueueState;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>Publishes answers of editors below comments.</summary>
public sealed partial class EditorReplyService(
    CommentRowLock rows, CommentChangeNotifier notifier, TimeProvider clock, ILogger<EditorReplyService> logger)
{
    /// <summary>The code in the audit log for a published answer, which is no decision on a reader's text.</summary>
    internal const string AuditCode = "Reply";

    private const string Badge = "Editor";

    /// <summary>Publishes an answer at once.</summary>
    /// <param name="version">The version that was on the editor's screen.</param>
    /// <param name="shown">The text that readers see, as it was on the editor's screen; the answer is refused if it has changed.</param>
    /// <param name="reply">Its id is made with the form, so that an answer that is sent twice is published once.</param>
    public async Task<DecisionResult> ReplyAsync(
        CommentVersion version, string? shown, (Guid Id, string Text) reply, Decider decider, CancellationToken cancellationToken = default)
    {
        var text = reply.Text.ReplaceLineEndings("\n").Trim();
        if (decider.Role < ModeratorRole.Editor || text.Length is 0 or > Comment.MaxTextLength)
            return new(DecisionOutcome.NotAllowed);
        Comment? published = null;
        var result = await rows.RunAsync(version.Id, decider, ModeratorRole.Editor, async (db, comment) =>
        {
            var parent = comment.ParentId ?? comment.Id;
            var before = await db.Set<Comment>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == reply.Id, cancellationToken);
            if (before is { Badge: Badge } && before.ParentId == parent)
                return new(DecisionOutcome.AlreadyDecided, before.Author);
            if (!comment.IsShown)
                return new(DecisionOutcome.NotShown);
            if (comment.Revision != version.Revision || comment.ShownText != shown)
                return new(DecisionOutcome.TextChanged);
            var now = clock.GetUtcNow();
            published = new Comment
            {
                Id = reply.Id,
                Article = comment.Article,
                ParentId = parent,
                Author = decider.Name,
                Badge = Badge,
                Text = text,
                ShownText = text,
                Status = CommentStatus.Approved,
                IsWaiting = false,
                WrittenAt = now,
                WaitingSince = now,
                ShownAt = now,
                DecidedAt = now,
            };
            db.AddRange(published, decider.Record(published, DecisionKind.Approve, CommentStatus.Approved, now, new(AuditCode)));
            return new(DecisionOutcome.Done);
        }, cancellationToken);
        if (published is null)
            return result;
        LogReplied(published.Id, version.Id, decider.Id);
        notifier.Notify(published, isSeen: true);
        return result;
    }

    [LoggerMessage(LogLevel.Information, "Comment {ReplyId} answers {CommentId}, by {ModeratorId}")]
    private partial void LogReplied(Guid replyId, Guid commentId, Guid? moderatorId);
}
