using ArmTwitch.Articles.Emergency;
using ArmTwitch.Pages;

namespace ArmTwitch.Search;

/// <summary>What the search page shows.</summary>
/// <param name="NumbersAddress">Where the numbers of other countries stand; null when there is no such page.</param>
/// <param name="Help">Pages for somebody who is worried now, for when nothing was found or looked for.</param>
/// <param name="Topics">For when nothing was found.</param>
/// <param name="Status">The status of the answer. Of another one than 200 the query was refused, and nothing was looked for.</param>
/// <param name="Wait">How long to wait before a refused query is sent again.</param>
public sealed record SearchPageModel(
    SearchResults Results, EmergencyNumbersChoice Numbers, string? NumbersAddress, IReadOnlyList<PageLink> Help,
    IReadOnlyList<PageLink> Topics, int Status, TimeSpan Wait)
{
    public string Query => Results.Query;

    public bool IsCrisis => Results.Danger.IsCrisis;

    /// <summary>Whether only the beginning of the query was looked for.</summary>
    public bool IsCut => !IsRefused && Results.Searched.Length < Query.Length;

    public bool IsRefused => Status is not StatusCodes.Status200OK;

    /// <summary>Whether a sign is one to call for, now or on the same day.</summary>
    public bool AsksToCall => Results.Danger.Signs.Any(sign => sign.Level is Urgency.Emergency or Urgency.Urgent);

    /// <summary>The signs that may stand behind what was typed, by their level, the most urgent first.</summary>
    public IEnumerable<(Urgency Urgency, IEnumerable<string> Signs)> Cards =>
        Results.Danger.Signs.GroupBy(sign => sign.Level, (level, signs) => (level, signs.Select(sign => sign.Says.Words)));

    public IEnumerable<PageLink> Closest =>
        Results.Closest.Select(article => new PageLink(article.Address, article.Title, article.Summary));
}
