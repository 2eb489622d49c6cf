using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Pages;
using ArmTwitch.Phrases;

namespace ArmTwitch.Search.Queries;

/// <summary>Reads what somebody typed: puts misspelt words right, knows brands and foreign words, and notices danger.</summary>
/// <param name="vocabulary">Every word of the articles and how often it is used.</param>
/// <param name="isInArticles">Whether an article has a word in any of its forms.</param>
internal sealed class QueryReader(
    ContentSnapshot content, IReadOnlyDictionary<string, int> vocabulary, Func<string, bool> isInArticles)
{
    private const int MaxTerms = 12;

    /// <summary>Correcting a word takes time.</summary>
    private const int MaxMisspelt = 3;

    /// <summary>Comparing a word with those of danger alone takes little time.</summary>
    private const int MaxMisspeltInDanger = 30;

    private readonly DangerFinder danger = new(content.Tables);
    private readonly SpellingCorrector corrector = new(WithSearchWords(vocabulary, content.Tables.SearchWords));
    private readonly SpellingCorrector ofDanger = new(
        WordsOfDanger(content.Tables.SearchWords).Distinct().ToDictionary(word => word, _ => int.MaxValue));

    private readonly HashSet<string> searchWords = [.. WordsOf(content.Tables.SearchWords)];

    /// <summary>The meanings by their first word, those of most words first.</summary>
    private readonly ILookup<string, SearchMeaning> meanings =
        content.Tables.SearchWords.Meanings.OrderByDescending(meaning => meaning.Typed.Count).ToLookup(meaning => meaning.Typed[0]);

    /// <param name="typed">In NFC. Danger is looked for in all of it.</param>
    /// <param name="searched">The part of it to look for.</param>
    public SearchQuery Read(string typed, string searched)
    {
        List<string> words = [.. QueryWords.Of(searched)];
        var corrected = Correct(words, isInArticles, corrector, MaxMisspelt);
        var (terms, readAs, isOther) = (new List<SearchTerm>(), new List<string>(), !corrected.SequenceEqual(words));
        for (var at = 0; at < corrected.Count && terms.Count < MaxTerms;)
        {
            if (MeaningAt(corrected, at) is { } meaning)
            {
                isOther |= !Add(meaning);
                at += meaning.Typed.Count;
                continue;
            }

            var word = corrected[at++];
            if (StopWords.IsEmpty(word))
                continue;
            terms.Add(new SearchTerm([[word]], StopWords.IsGeneral(word)));
            readAs.Add(word);
        }

        return new SearchQuery(
            [.. terms.DistinctBy(term => string.Join(' ', term.Alternatives[0]))], isOther ? string.Join(' ', readAs.Distinct()) : null,
            searched.Length < typed.Length ? DangerIn(typed) : danger.Find(typed, corrected), PagesFor(corrected));

        // One word keeps its own sense beside the other one; several in a row have been given theirs. Says whether it kept it.
        bool Add(SearchMeaning meaning)
        {
            var isKept = meaning.Typed is [var word] && isInArticles(word);
            terms.Add(new SearchTerm(isKept ? [meaning.Typed, meaning.Replacement] : [meaning.Replacement], IsGeneral: false));
            readAs.AddRange(isKept ? meaning.Typed : meaning.Replacement);
            return isKept;
        }
    }

    /// <summary>
    /// What the query says of danger. Unlike <see cref="Read"/> it asks no database, compares misspelt words with those of danger alone,
    /// and is thread-safe.
    /// </summary>
    /// <param name="typed">In NFC.</param>
    public QueryDanger DangerIn(string typed)
    {
        List<string> words = [.. QueryWords.Of(typed)];
        return danger.Find(typed, Correct(words, vocabulary.ContainsKey, ofDanger, MaxMisspeltInDanger));
    }

    private IReadOnlyList<PageLink> PagesFor(List<string> words) =>
        [.. content.Tables.SearchWords.Pages.Where(page => page.Patterns.Any(pattern => pattern.IsIn(words))).Select(page => page.Link)];

    private SearchMeaning? MeaningAt(List<string> words, int at) =>
        meanings[words[at]].FirstOrDefault(meaning => words.Skip(at).Take(meaning.Typed.Count).SequenceEqual(meaning.Typed));

    private List<string> Correct(List<string> words, Func<string, bool> isKnown, SpellingCorrector speller, int most)
    {
        var left = most;
        return words.ConvertAll(word =>
        {
            if (left is 0 || StopWords.IsEmpty(word) || searchWords.Contains(word) || !SpellingCorrector.MayBeMisspelt(word)
                || isKnown(word))
                return word;
            left--;
            return speller.Closest(word) ?? word;
        });
    }

    private static IEnumerable<string> WordsOf(SearchWordList list) =>
        list.Meanings.SelectMany(meaning => meaning.Typed)
            .Concat(list.Pages.SelectMany(page => page.Patterns).SelectMany(pattern => pattern.Words)).Concat(WordsOfDanger(list));

    private static IEnumerable<string> WordsOfDanger(SearchWordList list) =>
        list.Dangers.SelectMany(danger => danger.Patterns.Concat(danger.Phrases)).Concat(list.Crisis).SelectMany(pattern => pattern.Words)
            .Concat(CrisisPhrases.Words).Where(word => !StopWords.IsEmpty(word));

    /// <summary>Of words that are equally close, one of danger is meant: "stroak" is "stroke" and not "strong".</summary>
    private static Dictionary<string, int> WithSearchWords(IReadOnlyDictionary<string, int> vocabulary, SearchWordList list)
    {
        var all = new Dictionary<string, int>(vocabulary, StringComparer.Ordinal);
        foreach (var word in WordsOf(list))
            all.TryAdd(word, 1);
        foreach (var word in WordsOfDanger(list))
            all[word] = int.MaxValue;
        return all;
    }
}
