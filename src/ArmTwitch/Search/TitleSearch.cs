using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Phrases;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Search;

/// <summary>Looks for words in titles, synonyms and summaries, while there is no index yet.</summary>
internal static class TitleSearch
{
    private const int MaxWords = 12, InTitle = 3;

    /// <param name="query">In Unicode's form NFC.</param>
    /// <param name="help">The article on when to get help, which stands first when the query tells of an emergency.</param>
    public static SearchResults Find(ContentSnapshot content, string query, Article? help)
    {
        var danger = new DangerFinder(content.Tables).Find(query);
        string[] words = [.. QueryWords.Of(SearchResults.SearchedPartOf(query)).Where(word => !StopWords.IsEmpty(word))
            .Select(WordStem.Of).Distinct().Take(MaxWords)];
        var found = content.Latest.Select(article => (article, score: Score(article, words))).Where(pair => pair.score > 0)
            .OrderByDescending(pair => pair.score).Select(pair => pair.article);
        var hits = (danger.IsEmergency && help is not null ? found.Prepend(help) : found).Distinct()
            .Take(danger.IsCrisis ? SearchIndex.MaxResultsInCrisis : SearchIndex.MaxResults)
            .Select(article => new SearchHit(article, [(article.Summary, false)]));
        return new SearchResults(query, null, [.. hits])
        {
            Danger = danger,
            IsPreliminary = true,
        };
    }

    private static int Score(Article article, string[] words) => words.Sum(
        word => (IsIn(article.Title, word) || article.Synonyms.Any(synonym => IsIn(synonym, word)) ? InTitle : 0)
            + (IsIn(article.Summary, word) ? 1 : 0));

    private static bool IsIn(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
