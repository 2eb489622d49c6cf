using System.Text.RegularExpressions;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Phrases;

namespace ArmTwitch.Search.Queries;

/// <summary>
/// Finds words of danger and despair in a query: the phrases that the rules for comments look for, and the words of
/// <c>search-words.yml</c>. A negation does not matter, because a card too many costs a glance; but for <see cref="HarmlessPhrases"/>.
/// </summary>
internal sealed class DangerFinder(ContentTables tables)
{
    /// <summary>More would hide the ones that matter.</summary>
    private const int MaxSigns = 6;

    /// <summary>Words in any order have to stand as close together as in a short query.</summary>
    private const int WordsTogether = 40;

    /// <summary>Finds danger in a query that cannot be corrected, because there is no index yet.</summary>
    /// <param name="typed">The query as it was typed, in NFC.</param>
    public QueryDanger Find(string typed) => Find(typed, [.. QueryWords.Of(typed)]);

    /// <param name="typed">The query as it was typed, in NFC.</param>
    /// <param name="corrected">Its words, misspelt ones put right.</param>
    public QueryDanger Find(string typed, IReadOnlyList<string> corrected)
    {
        var plain = AccentFolding.Fold(PlainLetters.Of(NfcNormalizer.Decompose(typed)));
        string[] ways = [AccentFolding.Fold(typed), plain, DisguisedWords.Read(plain)?.Text ?? plain, string.Join(' ', corrected)];
        List<string> texts = [.. ways.Distinct().Select(text => BlankOut(HarmlessPhrases.All, text))];
        List<IReadOnlyList<string>> readings = [.. texts.Select(text => QueryWords.Of(text).ToList())];
        List<HashSet<string>> stretches = [.. Stretches(readings)];
        var flags = Enum.GetValues<RedFlag>().Where(flag => texts.Exists(text => RedFlagPhrases.Of(flag).MayBeIn(text))).ToHashSet();
        var found = tables.SearchWords.Dangers
            .Where(danger => danger.Flags.Any(flags.Contains)
                || danger.Patterns.Any(pattern => stretches.Exists(pattern.IsIn))
                || danger.Phrases.Any(phrase => readings.Exists(phrase.IsInOrderIn)))
            .Select(danger => danger.Sign);
        return new QueryDanger(
            texts.Exists(text => CrisisPhrases.All.MayBeIn(text)
                || CrisisPhrases.OfQueries.MayBeIn(BlankOut(CrisisPhrases.Accidents, text)))
            || tables.SearchWords.Crisis.Any(pattern => readings.Exists(pattern.IsInOrderIn)),
            SignsOf(found));
    }

    /// <returns>The words of every stretch of the query, read in all ways. The stretches overlap by half.</returns>
    private static IEnumerable<HashSet<string>> Stretches(List<IReadOnlyList<string>> readings)
    {
        const int step = WordsTogether / 2;
        for (var start = 0; start is 0 || readings.Exists(reading => reading.Count > start + step); start += step)
            yield return [.. readings.SelectMany(reading => reading.Skip(start).Take(WordsTogether))];
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

    private static string BlankOut(PhrasePatterns phrases, string text)
    {
        try
        {
            return phrases.BlankOut(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }
}
