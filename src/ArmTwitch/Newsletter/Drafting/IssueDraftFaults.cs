namespace ArmTwitch.Newsletter.Drafting;

/// <summary>What has to be mended in a draft.</summary>
/// <param name="All">Empty when it may be sent.</param>
/// <param name="IsUnreadable">Whether the text cannot be made into a mail at all.</param>
internal sealed record IssueDraftFaults(IReadOnlyList<IssueDraftFault> All, bool IsUnreadable);

/// <summary>One thing that has to be mended in a draft.</summary>
/// <param name="Words">A sentence for the editor.</param>
/// <param name="Line">The line of the introduction; null when it is about something else.</param>
public sealed record IssueDraftFault(string Words, int? Line = null)
{
    /// <summary>The editors' page of the article that it is about; null when it is about no article, or there is no page.</summary>
    public string? Address { get; init; }

    /// <summary>The sentence with its place.</summary>
    public string Sentence => Line is { } line ? $"Introduction, line {line}: {Words}" : Words;
}
