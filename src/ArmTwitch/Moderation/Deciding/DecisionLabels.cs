using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

internal static class DecisionLabels
{
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
