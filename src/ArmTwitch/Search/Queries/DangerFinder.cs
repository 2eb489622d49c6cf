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
        var folded = AccentFolding.Fold(typed);
        var undisguised = DisguisedWords.Read(folded)?.Text ?? folded;
        HashSet<string> texts = [folded, undisguised, string.Join(' ', corrected)];
        IReadOnlyList<string>[] readings = [words, corrected, [.. QueryWords.Of(undisguised)]];
        HashSet<string> all = [.. readings.SelectMany(reading => reading)];
        var flags = Enum.GetValues<RedFlag>().Where(flag => texts.Any(text => StandIn(RedFlagPhrases.Of(flag), text))).ToHashSet();
        var found = tables.SearchWords.Dangers
            .Where(danger => danger.Flags.Any(flags.Contains) || danger.Patterns.Any(pattern => pattern.IsIn(all)))
            .Select(danger => danger.Sign);
        return new QueryDanger(
            texts.Any(text => StandIn(CrisisPhrases.All, text) || StandIn(CrisisPhrases.OfQueries, text))
            || tables.SearchWords.Crisis.Any(pattern => readings.Any(pattern.IsInOrderIn)),
            SignsOf(found));
    }

    /// <summary>
    /// The signs of these ids, and those that are worse. A sign may have gone, or another name, while the words of search still have the
    /// old one because their file cannot be read.
    /// </summary>
    private IReadOnlyList<WarningSign> SignsOf(IEnumerable<string> ids)
    {
        List<WarningSign> signs = [.. ids.Select(tables.Signs.GetValueOrDefault).OfType<WarningSign>()];
        return
        [
            .. signs.Concat(signs.SelectMany(sign => sign.WorseSigns).Select(tables.Signs.GetValueOrDefault).OfType<WarningSign>())
                .DistinctBy(sign => sign.Id).OrderBy(sign => sign.Level).Take(MaxSigns),
        ];
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
