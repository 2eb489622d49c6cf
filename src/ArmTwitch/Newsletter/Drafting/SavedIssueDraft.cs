using ArmTwitch.Newsletter.Screens;

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
public readonly record struct IssueDraftSaveResult(bool IsSaved, SavedIssueDraft? Now)
{
    /// <summary>What somebody else had saved meanwhile, which was put together with the draft; null when nobody had.</summary>
    public SavedIssueDraft? Merged { get; init; }
}

/// <summary>What somebody else's save has changed in the fields of an editor.</summary>
/// <param name="By"><inheritdoc cref="SavedIssueDraft" path="/param[@name='By']"/></param>
/// <param name="Fields">Such as "the introduction".</param>
public sealed record ColleagueChange(string? By, DateTimeOffset At, IReadOnlyList<string> Fields)
{
    private static readonly TimeSpan New = TimeSpan.FromMinutes(2);

    public static ColleagueChange Of(SavedIssueDraft theirs, SavedIssueDraft before) =>
        new(theirs.By, theirs.At, theirs.Draft.FieldsUnlike(before.Draft));

    /// <summary>Such as "Grace changed the subject line and the articles at 13:05."</summary>
    public string Say(LocalClock zone) =>
        $"{By ?? "The program"} {(Fields.Count is 0 ? "saved" : $"changed {string.Join(" and ", Fields)}")} at {zone.SayTime(At)}.";

    /// <summary>Whether it should be said still.</summary>
    public bool IsNewAt(DateTimeOffset now) => now - At < New;
}
