namespace ArmTwitch.Moderation.Deciding;

public enum DecisionOutcome
{
    Done,

    /// <summary>Somebody else was faster, or the author withdrew the comment.</summary>
    AlreadyDecided,

    /// <summary>The author has changed the text since the moderator saw it.</summary>
    TextChanged,

    /// <summary>The state of the comment or the role does not allow it, or another moderator has to decide the appeal.</summary>
    NotAllowed,

    /// <summary>The ten minutes are over.</summary>
    TooLate,

    /// <summary>The mail to the author has left.</summary>
    AuthorTold,

    NoSuchComment,

    /// <summary>Readers do not see the comment that was to be answered.</summary>
    NotShown,

    /// <summary>There is a risk in it that the decision does not acknowledge. Nothing was changed.</summary>
    NeedsConfirmation,

    /// <summary>The account is gone, its role has changed, or the session is over.</summary>
    MayNoLonger,
}

/// <param name="By">Who was faster; only with <see cref="DecisionOutcome.AlreadyDecided"/>.</param>
/// <param name="DecisionId">The decision, for an undo; only with <see cref="DecisionOutcome.Done"/>.</param>
/// <param name="Risk">What the confirmation has to name; only with <see cref="DecisionOutcome.NeedsConfirmation"/>.</param>
public sealed record DecisionResult(DecisionOutcome Outcome, string? By = null, long? DecisionId = null, DecisionRisk? Risk = null);
