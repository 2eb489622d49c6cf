namespace ArmTwitch.Newsletter.Drafting;

/// <summary>A draft as the database has it.</summary>
/// <param name="Version">Grows with every save.</param>
/// <param name="By">Who saved it last; null when the program made it and nobody has changed it.</param>
public sealed record SavedIssueDraft(IssueDraft Draft, int Version, string? By, DateTimeOffset At, IssueState State)
{
    /// <summary>Whether it may be changed now. A scheduled issue goes out as it was approved, so it is unscheduled first.</summary>
    public bool IsOpen => State is IssueState.Draft or IssueState.PrepareFailed;
}

/// <summary>The outcome of saving a draft.</summary>
/// <param name="Now">What the database has now; null when the draft was deleted.</param>
public readonly record struct IssueDraftSaveResult(bool IsSaved, SavedIssueDraft? Now);
