using ArmTwitch.Moderators.LocalTimes;
using ArmTwitch.Newsletter.Screens;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>A draft as the database has it.</summary>
/// <param name="Version">Grows with every save.</param>
/// <param name="By">Who saved it last; null when the program made it and nobody has changed it.</param>
public sealed record SavedIssueDraft(IssueDraft Draft, int Version, string? By, DateTimeOffset At, IssueState State)
{
    /// <summary>Of the issue. Once it is deleted, another one may get its address.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose save it was; null like <see cref="By"/>, and when that account is gone.</summary>
    public Guid? EditorId { get; init; }

    /// <summary>Whether the editor who looks at it saved it, in another tab.</summary>
    public bool IsOwn { get; init; }

    /// <summary>What is said where it clashes with what an editor has typed.</summary>
    public string ConflictWords => IsOwn
        ? "Not saved yet: you have saved other words in another tab meanwhile. Choose which of them stay."
        : $"Not saved yet: {By ?? "somebody"} has saved other words meanwhile. Choose which of them stay.";

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

/// <summary>What an editor had saved and a colleague has replaced since.</summary>
/// <param name="By"><inheritdoc cref="SavedIssueDraft" path="/param[@name='By']"/></param>
/// <param name="Words">What stood in the fields, by the names of <see cref="KeptIssueFields"/>.</param>
public sealed record ReplacedIssueWords(string? By, IReadOnlyList<(string Field, string Words)> Words);

/// <summary>What somebody else's save has changed in the fields of an editor.</summary>
/// <param name="By"><inheritdoc cref="SavedIssueDraft" path="/param[@name='By']"/></param>
/// <param name="Fields">Such as "the introduction".</param>
/// <param name="IsOwn"><inheritdoc cref="SavedIssueDraft.IsOwn" path="/summary"/></param>
public sealed record ColleagueChange(string? By, DateTimeOffset At, IReadOnlyList<string> Fields, bool IsOwn = false)
{
    private static readonly TimeSpan New = TimeSpan.FromMinutes(2);

    public static ColleagueChange Of(SavedIssueDraft theirs, SavedIssueDraft before) =>
        new(theirs.By, theirs.At, theirs.Draft.FieldsUnlike(before.Draft), theirs.IsOwn);

    /// <summary>Such as "Grace changed the subject line and the articles at 13:05."</summary>
    public string Say(LocalClock zone)
    {
        var done = Fields.Count is 0 ? "saved" : $"changed {string.Join(" and ", Fields)}";
        return $"{(IsOwn ? "You" : By ?? "The program")} {done} {(IsOwn ? "in another tab " : "")}at {zone.SayTime(At)}.";
    }

    /// <summary>What is left to be said after the editor has changed fields.</summary>
    /// <returns>Null when nothing is.</returns>
    public ColleagueChange? Without(IReadOnlyList<string> fields) =>
        Fields.Except(fields).ToList() is { Count: > 0 } left ? this with { Fields = left } : null;

    /// <summary>Whether it should be said still.</summary>
    public bool IsNewAt(DateTimeOffset now) => now - At < New;
}
