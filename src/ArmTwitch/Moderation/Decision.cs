using ArmTwitch.Comments;

namespace ArmTwitch.Moderation;

/// <summary>What a moderator wants to become of a comment.</summary>
public sealed record Decision
{
    public const int MaxWordsLength = 500;

    public static readonly Decision Approve = new() { Kind = DecisionKind.Approve };

    public static readonly Decision Spam = new() { Kind = DecisionKind.Spam };

    /// <summary>Takes down what was published.</summary>
    public static readonly Decision Remove = new() { Kind = DecisionKind.Remove };

    private Decision()
    {
    }

    public required DecisionKind Kind { get; init; }

    public IReadOnlyList<Redaction> Redactions { get; private init; } = [];

    public RefusalReason? Reason { get; private init; }

    /// <summary>What the writer is told when no reason of the list fits.</summary>
    public string? Words { get; private init; }

    /// <summary>
    /// Whether it holds whatever the text has become since the moderator saw it: it publishes nothing, and a writer who changes a text again
    /// and again would otherwise keep it on the page.
    /// </summary>
    internal bool HoldsForAnyVersion => Kind is DecisionKind.Remove or DecisionKind.Spam;

    /// <summary>What speaks against publishing and was named by the act that publishes all the same.</summary>
    public PublishingRisks Named { get; private init; }

    /// <summary>Whether it can be carried out at all: an empty redaction cannot, nor can an unnamed reason without words.</summary>
    internal bool IsComplete => Kind switch
    {
        DecisionKind.ApproveRedacted => Redactions.Count is > 0 and <= Redaction.MaxCount,
        DecisionKind.Reject => Reason is not RefusalReason.Other || Words is { Length: > 0 and <= MaxWordsLength },
        _ => true,
    };

    public static Decision ApproveRedacted(params IReadOnlyList<Redaction> redactions) => new() { Kind = DecisionKind.ApproveRedacted, Redactions = redactions };

    /// <summary>The same decision by an act that names what speaks against it.</summary>
    public Decision Despite(PublishingRisks named) => this with { Named = named };

    /// <param name="words">What the writer is told; for <see cref="RefusalReason.Other"/> only.</param>
    public static Decision Reject(RefusalReason reason, string? words = null) =>
        new() { Kind = DecisionKind.Reject, Reason = reason, Words = reason is RefusalReason.Other ? words?.Trim() : null };
}

public enum DecisionOutcome
{
    Done,

    /// <summary>Somebody was faster, or the writer took it back.</summary>
    AlreadyDecided,

    /// <summary>The writer has changed the text since the moderator saw it.</summary>
    TextChanged,

    /// <summary>The state of the comment, the role, or the rule that another moderator decides an appeal is against it.</summary>
    NotAllowed,

    /// <summary>The ten minutes are over.</summary>
    TooLate,

    /// <summary>The mail about the decision has left.</summary>
    WriterTold,

    NoSuchComment,

    /// <summary>Readers do not see the comment that was to be answered.</summary>
    NotShown,

    /// <summary>Something speaks against publishing it, and the act did not name that. Nothing was changed.</summary>
    NeedsConfirmation,

    /// <summary>The account is gone, its role has changed, or the session is over.</summary>
    MayNoLonger,
}

/// <param name="By">Who was faster; only with <see cref="DecisionOutcome.AlreadyDecided"/>.</param>
/// <param name="DecisionId">What an undo names; only with <see cref="DecisionOutcome.Done"/>.</param>
/// <param name="Risk">What the second act has to name; only with <see cref="DecisionOutcome.NeedsConfirmation"/>.</param>
public sealed record DecisionResult(DecisionOutcome Outcome, string? By = null, long? DecisionId = null, PublishingRisk? Risk = null);

/// <summary>A decision that can still be taken back.</summary>
public sealed record UndoableDecision(long Id, Guid CommentId, string Author, DecisionKind Kind, DateTimeOffset At);

internal static class DecisionWords
{
    /// <summary>What was done, as the first word of a sentence.</summary>
    public static string Done(this DecisionKind kind) => kind switch
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
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
