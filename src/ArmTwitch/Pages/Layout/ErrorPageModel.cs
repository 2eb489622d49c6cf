namespace ArmTwitch.Pages.Layout;

/// <summary>What an error page says.</summary>
/// <param name="Query">What to put into the search field: the words of the address.</param>
/// <param name="TraceId">The number under which the log has the error; null when there is nothing to look up.</param>
public sealed record ErrorPageModel(
    string Address, string Title, string Explanation, string Query, IReadOnlyList<PageLink> Suggestions, IReadOnlyList<PageLink> Worried,
    IReadOnlyList<PageLink> Subjects, string? TraceId);
