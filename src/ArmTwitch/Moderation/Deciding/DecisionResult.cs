namespace ArmTwitch.Moderation.Deciding;

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
