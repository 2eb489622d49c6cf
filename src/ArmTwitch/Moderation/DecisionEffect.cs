using ArmTwitch.Comments;

namespace ArmTwitch.Moderation;

/// <summary>How a comment looks after a decision.</summary>
internal sealed record DecisionEffect(CommentStatus Status, string? ShownText, string? Removed, string? Reason)
{
    /// <summary>Why the decision cannot be taken, as far as the comment itself tells; null when it can.</summary>
    public static DecisionResult? Obstacle(Comment comment, CommentPast past, int revisionSeen, Decision decision)
    {
        if (comment.Status is CommentStatus.Withdrawn or CommentStatus.Erased)
            return new(DecisionOutcome.AlreadyDecided, past.LastBy);
        if (comment.Revision != revisionSeen && !decision.HoldsForAnyVersion)
            return new(DecisionOutcome.TextChanged);
        if (!CommentPast.IsByModerator(decision.Kind) || !decision.IsComplete)
            return new(DecisionOutcome.NotAllowed);
        if (decision.Kind is DecisionKind.Remove)
        {
            if (comment.Status.IsPublished())
                return null;
            return comment.Status is CommentStatus.Removed ? new(DecisionOutcome.AlreadyDecided, past.LastBy) : new(DecisionOutcome.NotAllowed);
        }

        var isOpen = comment.IsWaiting && (comment.Status is CommentStatus.Pending || comment.Status.IsPublished());
        return isOpen ? null : new(DecisionOutcome.AlreadyDecided, past.LastBy);
    }

    /// <returns>Null when the parts to be taken out do not lie in its text.</returns>
    public static DecisionEffect? Of(Decision decision, Comment comment, CommentPast past) => decision.Kind switch
    {
        DecisionKind.Approve when past.IsSealed => new(CommentStatus.ApprovedRedacted, comment.ShownText, comment.Removed, null),
        DecisionKind.Approve => new(CommentStatus.Approved, past.Words, null, null),
        DecisionKind.ApproveRedacted => Redaction.Apply(past.Words, decision.Redactions, past.IsSealed ? comment.Removed : null) is { } redacted
            ? new(CommentStatus.ApprovedRedacted, redacted.Text, redacted.Removed, null)
            : null,
        DecisionKind.Reject => Refuse(comment, past, CommentStatus.Rejected, decision.Reason!.Value.ForWriter(decision.Words)),
        DecisionKind.Spam => Refuse(comment, past, CommentStatus.Spam, RefusalReason.Advertising.ForWriter()),
        DecisionKind.Remove => new(CommentStatus.Removed, comment.ShownText, comment.Removed, RefusalWords.TakenDown),
        _ => null,
    };

    /// <summary>Nothing is said to a sender of spam, nor of a version that readers see again as they did before.</summary>
    public static bool TellsWriter(DecisionKind kind, CommentPast past) =>
        kind is DecisionKind.Reject || (kind is DecisionKind.Approve or DecisionKind.ApproveRedacted && !past.IsApprovedVersion);

    /// <summary>Whether readers see something else than before.</summary>
    public bool IsSeen(Comment before) => Seen(before.Status, before.ShownText, before.Removed) != Seen(Status, ShownText, Removed);

    /// <summary>
    /// Refusing a new version leaves the approved one standing. Refusing the approved one itself, which readers had reported, takes it down.
    /// </summary>
    private static DecisionEffect Refuse(Comment comment, CommentPast past, CommentStatus refused, string reason)
    {
        var after = !comment.Status.IsPublished() ? refused : past.IsApprovedVersion ? CommentStatus.Removed : comment.Status;
        return new(after, comment.ShownText, comment.Removed, reason);
    }

    private static (string?, string?) Seen(CommentStatus status, string? text, string? removed) =>
        status.IsPublished() ? (text, removed) : (null, null);
}
