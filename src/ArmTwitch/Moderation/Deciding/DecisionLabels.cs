using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

internal static class DecisionLabels
{
    /// <summary>The state of a comment in plain words.</summary>
    public static string Label(this CommentStatus status) => status switch
    {
        CommentStatus.Pending => "waiting",
        CommentStatus.Approved => "approved",
        CommentStatus.ApprovedRedacted => "approved without some words",
        CommentStatus.Rejected => "refused",
        CommentStatus.Spam => "spam",
        CommentStatus.Removed => "taken off the page",
        CommentStatus.Withdrawn => "taken back by its author",
        CommentStatus.Erased => "erased",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The reason of an entry of the audit log in words; null when it has none.</summary>
    public static string? ReasonInWords(this CommentDecision entry) => entry switch
    {
        { Code: null } or { Kind: DecisionKind.Escalate } => null,
        { Kind: DecisionKind.Reject } => string.Join("; ", entry.Code.Split("; ").Select(ReasonInWords)),
        { Kind: DecisionKind.Undo } when Enum.TryParse<DecisionKind>(entry.Code, out var undone) => undone.PastTense(),
        _ => entry.Code,
    };

    private static string ReasonInWords(string part) => Enum.TryParse<RefusalReason>(part, out var reason) ? reason.Label() : part;

    /// <summary>What was done, as the first word of a sentence.</summary>
    public static string PastTense(this DecisionKind kind) => kind switch
    {
        DecisionKind.Approve => "Approved",
        DecisionKind.ApproveRedacted => "Approved without some words",
        DecisionKind.Reject => "Refused",
        DecisionKind.Spam => "Marked as spam",
        DecisionKind.Remove => "Taken off the page",
        DecisionKind.Undo => "Taken back",
        DecisionKind.OriginalRead => "Sealed text read",
        DecisionKind.OriginalPurged => "Sealed text deleted",
        DecisionKind.Withdraw => "Withdrawn",
        DecisionKind.Erase => "Erased",
        DecisionKind.Appeal => "Appealed against",
        DecisionKind.Edit => "Changed",
        DecisionKind.Reported => "Reported",
        DecisionKind.Escalate => "Passed on",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
