namespace ArmTwitch.Newsletter.Drafting;

/// <summary>What has to be mended in a draft.</summary>
/// <param name="Words">Sentences for the editor; empty when it may be sent.</param>
/// <param name="IsUnreadable">Whether the text cannot be made into a mail at all.</param>
internal sealed record IssueDraftFaults(IReadOnlyList<string> Words, bool IsUnreadable);
