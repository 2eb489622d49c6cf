namespace ArmTwitch.Newsletter.Drafting.Parts;

/// <summary>That a draft was deleted, while others may still have it on their screens.</summary>
/// <param name="By">The display name of whoever did it.</param>
/// <param name="EditorId">Their account.</param>
public sealed record IssueDeletion(string By, Guid? EditorId, DateTimeOffset At);
