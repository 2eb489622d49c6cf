using ArmTwitch.Articles;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Phrases;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Search.Indexing;

/// <summary>
/// What the articles say of themselves: titles, synonyms, headings and summaries. In a small library these say more of what an article is
/// about than how often its text uses a word.
/// </summary>
internal sealed class ShortFieldIndex
{
    /// <summary>Weights of a word by where it stands. A synonym is what people type.</summary>
    private const float Title = 6, Synonym = 5, Heading = 2.5f, Summary = 2;

    /// <summary>The weight of a phrase that is the whole query.</summary>
    private const double Phrase = 9;

    /// <summary>What a word is worth that only begins like the one that was typed.</summary>
    private const double Beginning = 0.7;

    /// <summary>What a word such as "long" is worth in a phrase.</summary>
    private const double GeneralWord = 0.5;

    private const int ShortestBeginning = 4, MaxBeginnings = 40, MaxClosestWords = 4;

    /// <summary>In a library of fewer articles a word in most of them says little about the library.</summary>
    private const int SmallestLibrary = 8;

    private readonly IReadOnlyList<Article> articles;

    /// <summary>For each stem the articles that have it, with its weight there, the highest first.</summary>
    private readonly Dictionary<string, List<Posting>> postings = new(StringComparer.Ordinal);

    private readonly List<string[][]> phrases = [];
    private readonly string[] stems;

    public ShortFieldIndex(IReadOnlyList<Article> articles)
    {
        this.articles = articles;
        var shared = new SharedStrings();
        foreach (var (at, article) in articles.Index())
        {
            string[] titles = article.Title.Split([':', '?'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Add(at, article.Title, Title);
            foreach (var synonym in article.Synonyms)
                Add(at, synonym, Synonym);
            foreach (var heading in article.Headings)
                Add(at, heading.Text, Heading);
            Add(at, article.Summary, Summary);
            phrases.Add([.. titles.Concat(article.Synonyms).Select(phrase => StemsOf(phrase).Distinct().Select(shared.Share).ToArray())]);
        }

        foreach (var found in postings.Values)
        {
            found.Sort((one, other) => (-one.Weight, one.Article).CompareTo((-other.Weight, other.Article)));
            found.TrimExcess();
        }

        stems = [.. postings.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>How much a word tells: the more, the fewer articles speak of it.</summary>
    public double Rarity(string word) => RarityOfStem(WordStem.Of(word));

    /// <summary>Whether about half of the articles speak of it, so that it does not tell one from another.</summary>
    public bool IsEverywhere(string word) =>
        articles.Count >= SmallestLibrary && CountOf(WordStem.Of(word)) >= articles.Count * 0.5;

    /// <param name="most">How many articles there may be, those of the highest weights.</param>
    /// <returns>The articles that speak of a term, with the weight of the best place.</returns>
    public IEnumerable<KeyValuePair<int, double>> Find(SearchTerm term, int most)
    {
        var best = new Dictionary<int, double>();
        foreach (var words in term.Alternatives)
        {
            // Of one word the best are enough. Of several any may be good, so all are compared.
            var each = words.Select(word => FindWord(word, words.Count is 1 ? most : int.MaxValue)).ToList();
            foreach (var (article, weight) in each[0])
            {
                if (each.All(found => found.ContainsKey(article)))
                    best[article] = Math.Max(best.GetValueOrDefault(article), each.Average(found => found[article]));
            }
        }

        return best.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(most);
    }

    /// <returns>The stems of a query, each with what it tells in a phrase.</returns>
    public IReadOnlyDictionary<string, double> WeighPhrase(IReadOnlyList<SearchTerm> terms) =>
        terms.SelectMany(term => term.Alternatives[^1]).Select(WordStem.Of).Distinct().ToDictionary(stem => stem, WeightInPhrase);

    /// <param name="asked">The whole query (<see cref="WeighPhrase"/>).</param>
    /// <returns>How well the best title or synonym of the article fits it.</returns>
    public double FitOfPhrase(int article, IReadOnlyDictionary<string, double> asked)
    {
        var (best, weightOfAsked) = (0.0, asked.Values.Sum());
        foreach (var phrase in phrases[article])
        {
            var common = phrase.Sum(stem => asked.GetValueOrDefault(stem));
            if (common is 0)
                continue;
            var all = weightOfAsked + phrase.Where(stem => !asked.ContainsKey(stem)).Sum(stem => WeightInPhrase(stem) / 2);
            best = Math.Max(best, common / all);
        }

        return best * best * Phrase;
    }

    /// <returns>The articles with a word of the same letters as one that was typed, or most of them.</returns>
    public IEnumerable<int> Closest(IEnumerable<string> words, int most)
    {
        const double enough = 0.4;
        var asked = words.Where(word => word.Length >= ShortestBeginning).Select(PairsOf).Take(MaxClosestWords).ToList();
        return stems.Where(stem => stem.Length >= ShortestBeginning)
            .Select(stem => (stem, alike: asked.Select(word => Alike(word, PairsOf(stem))).DefaultIfEmpty().Max()))
            .Where(pair => pair.alike >= enough)
            .OrderByDescending(pair => pair.alike)
            .SelectMany(pair => postings[pair.stem].Select(found => found.Article))
            .Distinct()
            .Take(most);

        static HashSet<(char, char)> PairsOf(string word) => [.. word.Zip(word.Skip(1))];

        static double Alike(HashSet<(char, char)> one, HashSet<(char, char)> other) =>
            2.0 * one.Count(other.Contains) / (one.Count + other.Count);
    }

    private double WeightInPhrase(string stem) => RarityOfStem(stem) * (StopWords.IsGeneralStem(stem) ? GeneralWord : 1);

    private double RarityOfStem(string stem) => Math.Log(1 + ((articles.Count + 1.0) / (1 + CountOf(stem))));

    /// <returns>How many articles speak of it.</returns>
    private int CountOf(string stem) => postings.GetValueOrDefault(stem)?.Count ?? 0;

    private Dictionary<int, double> FindWord(string word, int most)
    {
        var found = new Dictionary<int, double>();
        AddBest(WordStem.Of(word), share: 1);
        if (word.Length < ShortestBeginning)
            return found;
        var from = Array.BinarySearch(stems, word, StringComparer.Ordinal);
        foreach (var longer in stems.Skip(from < 0 ? ~from : from).Take(MaxBeginnings)
            .TakeWhile(other => other.StartsWith(word, StringComparison.Ordinal)))
            AddBest(longer, Beginning);
        return found;

        void AddBest(string stem, double share)
        {
            foreach (var (article, weight) in (postings.GetValueOrDefault(stem) ?? []).Take(most))
                found[article] = Math.Max(found.GetValueOrDefault(article), weight * share);
        }
    }

    private void Add(int article, string text, float weight)
    {
        foreach (var stem in StemsOf(text))
        {
            if (!postings.TryGetValue(stem, out var found))
                postings[stem] = found = [];
            if (found is not [.., var last] || last.Article != article)
                found.Add(new Posting(article, weight));
            else if (last.Weight < weight)
                found[^1] = new Posting(article, weight);
        }
    }

    private static IEnumerable<string> StemsOf(string text) =>
        QueryWords.Of(NfcNormalizer.Compose(text)).Where(word => !StopWords.IsEmpty(word)).Select(WordStem.Of);

    private readonly record struct Posting(int Article, float Weight);
}
