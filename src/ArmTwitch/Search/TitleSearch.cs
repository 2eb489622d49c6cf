using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Phrases;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Search;

/// <summary>Looks for words in titles, synonyms and summaries, while there is no index yet.</summary>
internal static class TitleSearch
{
    private const int MaxResults = 30, MaxWords = 12, InTitle = 3;

    /// <param name="query">In Unicode's form NFC.</param>
    public static SearchResults Find(ContentSnapshot content, string query)
    {
        string[] words = [.. QueryWords.Of(SearchResults.SearchedPartOf(query)).Where(word => !StopWords.IsEmpty(word))
            .Select(WordStem.Of).Distinct().Take(MaxWords)];
        var hits = content.Latest.Select(article => (article, score: Score(article, words))).Where(pair => pair.score > 0)
            .OrderByDescending(pair => pair.score).Take(MaxResults)
            .Select(pair => new SearchHit(pair.article, [(pair.article.Summary, false)]));
        return new SearchResults(query, null, [.. hits])
        {
            Danger = new DangerFinder(content.Tables).Find(query),
            IsPreliminary = true,
        };
    }

    private static int Score(Article article, string[] words) => words.Sum(
        word => (IsIn(article.Title, word) || article.Synonyms.Any(synonym => IsIn(synonym, word)) ? InTitle : 0)
            + (IsIn(article.Summary, word) ? 1 : 0));

    private static bool IsIn(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
