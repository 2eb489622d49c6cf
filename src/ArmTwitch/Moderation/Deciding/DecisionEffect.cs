using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>How a comment looks after a decision.</summary>
internal sealed record DecisionEffect(CommentStatus Status, string? ShownText, string? Removed, string? Reason)
{
    /// <returns>Why the comment does not allow the decision; null when it does.</returns>
    public static DecisionResult? Obstacle(Comment comment, DecisionHistory history, int revisionSeen, Decision decision)
    {
        if (comment.Status is CommentStatus.Withdrawn or CommentStatus.Erased)
            return new(DecisionOutcome.AlreadyDecided, history.LastBy);
        if (comment.Revision != revisionSeen && !decision.HoldsForAnyVersion)
            return new(DecisionOutcome.TextChanged);
        if (!DecisionHistory.IsByModerator(decision.Kind) || !decision.IsComplete)
            return new(DecisionOutcome.NotAllowed);
        if (decision.Kind is DecisionKind.Remove)
        {
            if (comment.Status.IsPublished())
                return null;
            return comment.Status is CommentStatus.Removed
                ? new(DecisionOutcome.AlreadyDecided, history.LastBy)
                : new(DecisionOutcome.NotAllowed);
        }

        var isOpen = comment.IsWaiting && (comment.Status is CommentStatus.Pending || comment.Status.IsPublished());
        return isOpen ? null : new(DecisionOutcome.AlreadyDecided, history.LastBy);
    }

    /// <returns>Null when a part that is to be taken out lies outside the text.</returns>
    public static DecisionEffect? Of(Decision decision, Comment comment, DecisionHistory history) => decision.Kind switch
    {
        DecisionKind.Approve when history.IsOriginalHidden => new(CommentStatus.ApprovedRedacted, comment.ShownText, comment.Removed, null),
        DecisionKind.Approve => new(CommentStatus.Approved, history.DisplayText, null, null),
        DecisionKind.ApproveRedacted =>
            Redaction.Apply(history.DisplayText, decision.Redactions, history.IsOriginalHidden ? comment.Removed : null) is { } redacted
                ? new(CommentStatus.ApprovedRedacted, redacted.Text, redacted.Removed, null)
                : null,
        DecisionKind.Reject => Refuse(comment, history, CommentStatus.Rejected, decision.Reason!.Value.ForAuthor(decision.Words)),
        DecisionKind.Spam => Refuse(comment, history, CommentStatus.Spam, RefusalReason.Advertising.ForAuthor()),
        DecisionKind.Remove => new(CommentStatus.Removed, comment.ShownText, comment.Removed, RefusalReasonLabels.TakenDown),
        _ => null,
    };

    /// <summary>Whether the author gets a mail: not for spam, and not when readers see an approved version again as before.</summary>
    public static bool TellsAuthor(DecisionKind kind, DecisionHistory history) =>
        kind is DecisionKind.Reject || (kind is DecisionKind.Approve or DecisionKind.ApproveRedacted && !history.IsApprovedVersion);

    /// <summary>Whether readers see something other than before.</summary>
    public bool IsSeen(Comment before) => Seen(before.Status, before.ShownText, before.Removed) != Seen(Status, ShownText, Removed);

    /// <summary>
    /// Refusing a new version leaves the approved one on the page. Refusing the approved version itself, which readers had reported,
    /// takes it off the page.
    /// </summary>
    private static DecisionEffect Refuse(Comment comment, DecisionHistory history, CommentStatus refused, string reason)
    {
        var after = !comment.Status.IsPublished() ? refused : history.IsApprovedVersion ? CommentStatus.Removed : comment.Status;
        return new(after, comment.ShownText, comment.Removed, reason);
    }

    private static (string?, string?) Seen(CommentStatus status, string? text, string? removed) =>
        status.IsPublished() ? (text, removed) : (null, null);
}
