using ArmTwitch.Articles.Emergency;
using ArmTwitch.Pages;

namespace ArmTwitch.Search;

/// <summary>What the search page shows.</summary>
/// <param name="NumbersAddress">Where the numbers of other countries stand; null when there is no such page.</param>
/// <param name="Help">Pages for somebody who is worried now, for when nothing was found.</param>
/// <param name="Subjects">The topics, for when nothing was found.</param>
/// <param name="IsBusy">Whether the query was refused, so that nothing was looked for.</param>
public sealed record SearchPageModel(
    SearchResults Results, EmergencyNumbersChoice Numbers, string? NumbersAddress, IReadOnlyList<PageLink> Help,
    IReadOnlyList<PageLink> Subjects, bool IsBusy)
{
    public string Query => Results.Query;

    public bool IsCrisis => Results.Danger.IsCrisis;

    /// <summary>The signs that may stand behind what was typed, by their level, the most urgent first.</summary>
    public IEnumerable<(Urgency Urgency, IEnumerable<string> Signs)> Cards =>
        Results.Danger.Signs.GroupBy(sign => sign.Level, (level, signs) => (level, signs.Select(sign => sign.Says.Words)));

    public IEnumerable<PageLink> Closest =>
        Results.Closest.Select(article => new PageLink(article.Address, article.Title, article.Summary));
}
