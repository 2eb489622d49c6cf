using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

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
    /// Whether it holds whatever the text has become since the moderator saw it: it publishes nothing, and a writer who changes a text
    /// again and again would otherwise keep it on the page.
    /// </summary>
    internal bool HoldsForAnyVersion => Kind is DecisionKind.Remove or DecisionKind.Spam;

    /// <summary>What speaks against publishing and was named by the act that publishes all the same.</summary>
    public PublishingRiskKinds AcknowledgedRisk { get; private init; }

    /// <summary>Whether it can be carried out at all: an empty redaction cannot, nor can an unnamed reason without words.</summary>
    internal bool IsComplete => Kind switch
    {
        DecisionKind.ApproveRedacted => Redactions.Count is > 0 and <= Redaction.MaxCount,
        DecisionKind.Reject => Reason is not RefusalReason.Other || Words is { Length: > 0 and <= MaxWordsLength },
        _ => true,
    };

    public static Decision ApproveRedacted(params IReadOnlyList<Redaction> redactions) =>
        new() { Kind = DecisionKind.ApproveRedacted, Redactions = redactions };

    /// <summary>The same decision by an act that names what speaks against it.</summary>
    public Decision WithAcknowledgedRisk(PublishingRiskKinds named) => this with { AcknowledgedRisk = named };

    /// <param name="words">What the writer is told; for <see cref="RefusalReason.Other"/> only.</param>
    public static Decision Reject(RefusalReason reason, string? words = null) =>
        new() { Kind = DecisionKind.Reject, Reason = reason, Words = reason is RefusalReason.Other ? words?.Trim() : null };
}
