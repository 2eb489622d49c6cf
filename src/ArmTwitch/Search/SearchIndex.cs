using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Phrases;
using ArmTwitch.Search.Indexing;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Search;

/// <summary>
/// Finds articles of one snapshot of the content and ranks them. Not thread-safe: callers ask one query at a time.
/// </summary>
/// <remarks>
/// The full-text index finds articles; which of them comes first is decided by what they say of themselves (<see cref="ShortFieldIndex"/>).
/// BM25 alone cannot: in twenty articles on twitching a word such as "twitch" has no weight at all.
/// </remarks>
internal sealed class SearchIndex : IDisposable
{
    internal const int MaxResults = 30;

    private const int MaxClosest = 2;

    /// <summary>Somebody who wants to die is not shown every article that has the word "kill".</summary>
    internal const int MaxResultsInCrisis = 2;

    /// <summary>How many articles of each way to find them are compared.</summary>
    private const int MaxCandidates = 60;

    /// <summary>With fewer articles that have all words, those that have any of them follow.</summary>
    private const int EnoughWithAllWords = 10;

    /// <summary>An article with less of the best one's score only happens to have a word of the query.</summary>
    private const double LeastShare = 0.2;

    /// <summary>Weights beside those of <see cref="ShortFieldIndex"/>.</summary>
    private const double Text = 3, AllWords = 1.5, GeneralTerm = 0.2, Start = 1, StartOfGeneralQuery = 12, HelpInDanger = 100;

    private readonly ShortFieldIndex shortFields;
    private readonly QueryReader reader;
    private readonly int? startRow, helpRow;

    /// <param name="texts">The index of the articles of the content; it is disposed together with this one.</param>
    /// <param name="start">The article that most readers come for.</param>
    /// <param name="help">The article on when to get help.</param>
    public SearchIndex(ContentSnapshot content, FullTextIndex texts, Slug? start, Slug? help)
    {
        (Content, Texts) = (content, texts);
        (startRow, helpRow) = (RowOf(start), RowOf(help));
        shortFields = new ShortFieldIndex(content.Latest);
        reader = new QueryReader(content, texts.Vocabulary(), word => texts.HasMatch(Expression(word)));

        // What a first query needs is compiled by now.
        reader.Read("nothing", "nothing");
    }

    /// <summary>The content that was indexed.</summary>
    public ContentSnapshot Content { get; }

    /// <summary>Its texts, disposed together with this.</summary>
    public FullTextIndex Texts { get; }

    /// <param name="typed">What somebody typed, in NFC. All of it is words, nothing is syntax.</param>
    /// <returns>The articles that fit, best first.</returns>
    public SearchResults Find(string typed)
    {
        var searched = SearchResults.SearchedPartOf(typed);
        var query = reader.Read(typed, searched);
        var rows = Scores(query).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key);
        var snippets = new SnippetMaker(query.Specific.Select(term => (term, WeightOf(term))));
        var hits = query.Danger.IsCrisis
            ? rows.Take(MaxResultsInCrisis).Select(row => Hit(row, snippet: null)).ToList()
            : rows.Take(MaxResults).Select(row => Hit(row, snippets.Make(Texts.QuotableOf(row)))).ToList();
        return new SearchResults(typed, query.ReadAs, hits)
        {
            Danger = query.Danger,
            Pages = query.Pages,
            Closest = hits.Count > 0 ? [] : [.. ClosestRows(searched).Select(row => Content.Latest[row])],
        };
    }

    /// <summary>What a query says of danger, without looking for anything. Thread-safe.</summary>
    /// <param name="typed">In NFC.</param>
    public QueryDanger DangerIn(string typed) => reader.DangerIn(typed);

    public void Dispose() => Texts.Dispose();

    /// <summary>The articles that call something nearly what was typed, and the one that most readers come for.</summary>
    private IEnumerable<int> ClosestRows(string searched) =>
        shortFields.Closest(QueryWords.Of(searched), MaxClosest)
            .Concat(startRow is { } start ? [start] : []).Distinct();

    private Dictionary<int, double> Scores(SearchQuery query)
    {
        var scores = new Dictionary<int, double>();
        if (query.Terms.Count > 0)
        {
            var asked = query.Specific.Select(Expression).ToList();
            Dictionary<int, double> withAll = query.Danger.IsCrisis ? [] : Texts.MatchAll(asked, MaxCandidates);
            Dictionary<int, double> withAny = withAll.Count < EnoughWithAllWords && asked.Count > 1 && !query.Danger.IsCrisis
                ? MatchAny(asked)
                : [];
            AddRanks(withAny.Count > 0 ? withAny : withAll);
            foreach (var row in withAll.Keys)
                Add(row, AllWords);
            foreach (var term in query.Terms)
            {
                foreach (var (row, weight) in shortFields.Find(term, MaxCandidates))
                    Add(row, weight * WeightOf(term));
            }

            var phrase = shortFields.WeighPhrase(query.Terms);
            foreach (var row in scores.Keys.ToList())
                Add(row, shortFields.FitOfPhrase(row, phrase));
            var least = scores.Values.DefaultIfEmpty().Max() * LeastShare;
            foreach (var (row, _) in scores.Where(pair => pair.Value < least).ToList())
                scores.Remove(row);
        }

        AddSpecial(startRow, IsAboutEverything(query) ? StartOfGeneralQuery : Start, query.IsGeneral);
        if (query.Danger.IsEmergency)
            AddSpecial(helpRow, HelpInDanger, evenIfNotFound: true);
        return scores;

        void Add(int row, double score) => scores[row] = scores.GetValueOrDefault(row) + score;

        void AddRanks(Dictionary<int, double> ranks)
        {
            var highest = ranks.Values.DefaultIfEmpty().Max();
            foreach (var (row, rank) in ranks)
                Add(row, highest > 0 ? rank / highest * Text : 0);
        }

        void AddSpecial(int? article, double score, bool evenIfNotFound)
        {
            if (article is { } row && (evenIfNotFound || scores.ContainsKey(row)))
                Add(row, score);
        }
    }

    /// <summary>Looks for any of the words, but for those that too many articles have, unless all are such.</summary>
    private Dictionary<int, double> MatchAny(List<string> asked)
    {
        var telling = asked.Where(expression => !Texts.IsCommon(expression)).ToList();
        return Texts.MatchAny(telling.Count > 0 ? telling : asked, MaxCandidates);
    }

    /// <summary>A query like "why does it do that?", or "arm twitching": it does not tell one article from another.</summary>
    private bool IsAboutEverything(SearchQuery query) =>
        query.Terms.All(term => term.IsGeneral || term.Alternatives[0].All(shortFields.IsEverywhere));

    private double WeightOf(SearchTerm term) =>
        term.Alternatives.Max(words => words.Average(shortFields.Rarity)) * (term.IsGeneral ? GeneralTerm : 1);

    private int? RowOf(Slug? slug) =>
        Content.Latest.Index().Where(pair => pair.Item.Slug == slug).Select(pair => (int?)pair.Index).FirstOrDefault();

    private SearchHit Hit(int row, IReadOnlyList<(string Text, bool IsFound)>? snippet) =>
        new(Content.Latest[row], snippet ?? [(Content.Latest[row].Summary, false)]);

    private static string Expression(SearchTerm term) =>
        $"({string.Join(" OR ", term.Alternatives.Select(words => $"({string.Join(" AND ", words.Select(Expression))})"))})";

    /// <summary>
    /// An FTS5 expression for a word and for all words that begin with it. It has letters and digits only, so nothing is syntax.
    /// </summary>
    private static string Expression(string word) => word.Length >= 3 ? $"(\"{word}\" OR \"{word}\"*)" : $"\"{word}\"";
}
