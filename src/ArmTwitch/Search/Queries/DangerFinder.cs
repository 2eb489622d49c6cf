using System.Text.RegularExpressions;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Phrases;

namespace ArmTwitch.Search.Queries;

/// <summary>
/// Finds words of danger and despair in a query: the phrases that the rules for comments look for, and the words of
/// <c>search-words.yml</c>. A negation does not matter, because a card too many costs a glance.
/// </summary>
internal sealed class DangerFinder(ContentTables tables)
{
    /// <summary>More would hide the ones that matter.</summary>
    private const int MaxSigns = 6;

    /// <summary>Finds danger in a query that cannot be corrected, because there is no index yet.</summary>
    /// <param name="typed">The query as it was typed, in NFC.</param>
    public QueryDanger Find(string typed)
    {
        List<string> words = [.. QueryWords.Of(typed)];
        return Find(typed, words, words);
    }

    /// <param name="typed">The query as it was typed, in NFC.</param>
    /// <param name="words">Its words.</param>
    /// <param name="corrected">Its words, misspelt ones put right.</param>
    public QueryDanger Find(string typed, IReadOnlyList<string> words, IReadOnlyList<string> corrected)
    {
        List<string> disguised = [.. DisguisedWords.Read(words)];
        HashSet<string> texts = [AccentFolding.Fold(typed), string.Join(' ', corrected), string.Join(' ', disguised)];
        HashSet<string> all = [.. words, .. corrected, .. disguised];
        var flags = Enum.GetValues<RedFlag>().Where(flag => texts.Any(text => StandIn(RedFlagPhrases.Of(flag), text))).ToHashSet();
        var found = tables.SearchWords.Dangers
            .Where(danger => danger.Flags.Any(flags.Contains) || danger.Patterns.Any(pattern => pattern.IsIn(all)))
            .Select(danger => danger.Sign)
            .ToList();
        return new QueryDanger(
            texts.Any(text => StandIn(CrisisPhrases.All, text)) || tables.SearchWords.Crisis.Any(pattern => pattern.IsIn(all)),
            [
                .. found.Concat(found.SelectMany(sign => sign.WorseSigns).Select(id => tables.Signs[id])).DistinctBy(sign => sign.Id)
                    .OrderBy(sign => sign.Level).Take(MaxSigns)
            ]);
    }

    /// <summary>A search that a busy machine holds up for too long counts as found: a card too many costs a glance.</summary>
    private static bool StandIn(PhrasePatterns phrases, string text)
    {
        try
        {
            return phrases.AreIn(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }
}

/// <summary>What a query says of danger.</summary>
/// <param name="IsCrisis">Whether these may be the words of somebody who wants to die.</param>
/// <param name="Signs">The signs to show above all results, the most urgent first.</param>
internal sealed record QueryDanger(bool IsCrisis, IReadOnlyList<WarningSign> Signs)
{
    public static readonly QueryDanger None = new(false, []);

    public bool HasCard => IsCrisis || Signs.Count > 0;

    /// <summary>Whether somebody may have to call for help now.</summary>
    public bool IsEmergency => IsCrisis || Signs.Any(sign => sign.Level is Urgency.Emergency);
}
