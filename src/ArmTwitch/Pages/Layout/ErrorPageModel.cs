namespace ArmTwitch.Pages.Layout;

/// <summary>The texts and links of an error page.</summary>
/// <param name="Query">The text of the search field: the words of the address.</param>
/// <param name="TraceId">The request id of the error in the log; null when the log has none.</param>
public sealed record ErrorPageModel(
    string Address, string Title, string Explanation, string Query, IReadOnlyList<PageLink> Suggestions, IReadOnlyList<PageLink> Worried,
    IReadOnlyList<PageLink> Topics, string? TraceId);
