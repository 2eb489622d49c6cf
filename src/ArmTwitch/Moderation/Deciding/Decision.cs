using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>What a moderator decides about a comment.</summary>
public sealed record Decision
{
    public const int MaxWordsLength = 500;

    public static readonly Decision Approve = new() { Kind = DecisionKind.Approve };

    public static readonly Decision Spam = new() { Kind = DecisionKind.Spam };

    /// <summary>Takes a published comment off the page.</summary>
    public static readonly Decision Remove = new() { Kind = DecisionKind.Remove };

    private bool isForVersionOnly;

    private Decision()
    {
    }

    public required DecisionKind Kind { get; init; }

    /// <summary>The time to record; null for the time at which it is saved.</summary>
    internal DateTimeOffset? At { get; private init; }

    public IReadOnlyList<Redaction> Redactions { get; private init; } = [];

    public RefusalReason? Reason { get; private init; }

    /// <summary>What the author is told in place of the sentence of the reason; null for that sentence.</summary>
    public string? Words { get; private init; }

    /// <summary>
    /// Whether it holds although the text has changed since the moderator saw it. Such a decision publishes nothing, and an author who
    /// keeps changing the text could otherwise keep the comment on the page.
    /// </summary>
    internal bool HoldsForAnyVersion => !isForVersionOnly && Kind is (DecisionKind.Remove or DecisionKind.Spam);

    internal bool IsApproval => Kind is DecisionKind.Approve or DecisionKind.ApproveRedacted;

    /// <summary>Whether its author reads where help is, which a moderator's own words may have left out.</summary>
    internal bool HelpsAuthor => Reason is RefusalReason.Safeguarding
        && Reason.Value.ForAuthor(Words).Contains(RefusalReasonLabels.WhereHelpIs, StringComparison.OrdinalIgnoreCase);

    /// <summary>The risks that the moderator was told of and decides in spite of.</summary>
    public DecisionRiskKinds AcknowledgedRisk { get; private init; }

    /// <summary>
    /// False for an empty redaction, for words that are too long, and for <see cref="RefusalReason.Other"/> without words.
    /// </summary>
    internal bool IsComplete => Kind switch
    {
        DecisionKind.ApproveRedacted => Redactions.Count is > 0 and <= Redaction.MaxCount,
        DecisionKind.Reject => Words is null ? Reason is not RefusalReason.Other : Words.Length is > 0 and <= MaxWordsLength,
        _ => true,
    };

    /// <summary>
    /// Spam, for comments that are marked together and were not on the screen as a whole: it does not hold for a text that came since.
    /// </summary>
    /// <param name="at">One time for all of them, by which one undo takes them back together.</param>
    public static Decision SpamTogether(DateTimeOffset at) => new() { Kind = DecisionKind.Spam, At = at, isForVersionOnly = true };

    public static Decision ApproveRedacted(params IReadOnlyList<Redaction> redactions) =>
        new() { Kind = DecisionKind.ApproveRedacted, Redactions = redactions };

    public Decision WithAcknowledgedRisk(DecisionRiskKinds risk) => this with { AcknowledgedRisk = risk };

    /// <param name="words">What the author is told in place of the sentence of the reason; null or blank for that sentence.</param>
    public static Decision Reject(RefusalReason reason, string? words = null) =>
        new() { Kind = DecisionKind.Reject, Reason = reason, Words = Own(reason, words?.Trim()) };

    private static string? Own(RefusalReason reason, string? words) =>
        string.IsNullOrEmpty(words) || words == reason.Sentence() ? null : words;
}
