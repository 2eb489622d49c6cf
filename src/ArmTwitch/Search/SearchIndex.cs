using System.Text;
using ArmTwitch.Articles;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Search;

/// <summary>
/// The words of all articles, in SQLite's full-text index held in memory (FTS5: stemming, BM25). It belongs to one snapshot
/// of the content and dies with it; it is not the site's database.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    /// <summary>Between these the index puts a found word; no text contains them.</summary>
    private const char FoundFrom = '\u0002', FoundTo = '\u0003';

    private const int MaxWords = 12;
    private const int MaxResults = 30;

    /// <summary>Every word of the articles as it is written, and how often. The index itself knows only stems.</summary>
    private readonly Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);

    private readonly SqliteConnection database = new("Data Source=:memory:");
    private readonly Lock asking = new();

    public SearchIndex(ContentSnapshot content)
    {
        Content = content;
        database.Open();
        Run("create virtual table articles using fts5(slug unindexed, title, synonyms, headings, summary, body, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3')");
        using var transaction = database.BeginTransaction();
        using var insert = database.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "insert into articles values ($slug, $title, $synonyms, $headings, $summary, $body)";
        foreach (var article in content.Latest)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$slug", article.Slug.ToString());
            insert.Parameters.AddWithValue("$title", article.Title);
            insert.Parameters.AddWithValue("$synonyms", string.Join(" · ", article.Synonyms));
            insert.Parameters.AddWithValue("$headings", string.Join(" · ", article.Headings.Select(heading => heading.Text)));
            insert.Parameters.AddWithValue("$summary", article.Summary);
            insert.Parameters.AddWithValue("$body", article.PlainText());
            insert.ExecuteNonQuery();
            foreach (var word in insert.Parameters.Cast<SqliteParameter>().Skip(1).SelectMany(column => Words((string)column.Value!)))
                vocabulary[word] = vocabulary.GetValueOrDefault(word) + 1;
        }

        transaction.Commit();
    }

    /// <summary>What the index was made of.</summary>
    public ContentSnapshot Content { get; }

    /// <param name="query">What somebody typed. Everything in it counts as words, nothing as syntax.</param>
    /// <returns>The articles with all the words; when there is none, those with any of them; best first.</returns>
    public SearchResults Find(string query)
    {
        var words = Words(query).Distinct().Take(MaxWords).ToList();
        if (words.Count is 0)
            return new SearchResults(query, null, []);

        lock (asking)
        {
            var mended = words.Select(Mend).ToList();
            var read = mended.SequenceEqual(words) ? null : string.Join(' ', mended);
            var hits = Match(string.Join(" AND ", mended.Select(Term)));
            return new SearchResults(query, read, hits.Count > 0 ? hits : Match(string.Join(" OR ", mended.Select(Term))));
        }
    }

    public void Dispose() => database.Dispose();

    private List<SearchHit> Match(string expression)
    {
        using var select = database.CreateCommand();
        select.CommandText = """
            select slug, snippet(articles, 5, $from, $to, '…', 24) from articles
            where articles match $expression order by bm25(articles, 0, 12, 8, 4, 3, 1) limit $limit
            """;
        select.Parameters.AddWithValue("$from", FoundFrom.ToString());
        select.Parameters.AddWithValue("$to", FoundTo.ToString());
        select.Parameters.AddWithValue("$expression", expression);
        select.Parameters.AddWithValue("$limit", MaxResults);
        using var rows = select.ExecuteReader();
        var hits = new List<SearchHit>();
        while (rows.Read())
        {
            if (Content.Find(Slug.Parse(rows.GetString(0))) is { } article)
                hits.Add(new SearchHit(article, Stretches(rows.GetString(1))));
        }

        return hits;
    }

    /// <summary>A word as an expression: the word itself or anything it begins.</summary>
    private static string Term(string word) => word.Length >= 3 ? $"(\"{word}\" OR \"{word}\"*)" : $"\"{word}\"";

    /// <returns>The word, or the closest one in the articles when no article has it.</returns>
    private string Mend(string word)
    {
        const int mostEdits = 2;
        if (word.Length < 4 || Match(Term(word)).Count > 0)
            return word;
        return vocabulary.Keys
            .Select(known => (known, edits: Spelling.Edits(word, known, mostEdits)))
            .Where(pair => pair.edits <= mostEdits)
            .OrderBy(pair => pair.edits).ThenByDescending(pair => vocabulary[pair.known]).ThenBy(pair => pair.known, StringComparer.Ordinal)
            .Select(pair => pair.known)
            .FirstOrDefault() ?? word;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormC).Append(' '))
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }

    private static List<(string Text, bool IsFound)> Stretches(string snippet)
    {
        var stretches = new List<(string, bool)>();
        foreach (var (index, part) in snippet.Split(FoundFrom).Index())
        {
            var ends = part.IndexOf(FoundTo, StringComparison.Ordinal);
            if (index > 0 && ends >= 0)
                stretches.Add((part[..ends], true));
            stretches.Add((index > 0 && ends >= 0 ? part[(ends + 1)..] : part, false));
        }

        return stretches;
    }

    private void Run(string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <param name="Query">What was typed.</param>
/// <param name="ReadAs">What was looked for instead, when a word was misspelt; null when nothing was changed.</param>
public sealed record SearchResults(string Query, string? ReadAs, IReadOnlyList<SearchHit> Hits);

/// <param name="Snippet">A passage around the words, in stretches that are or are not what was looked for.</param>
public sealed record SearchHit(Article Article, IReadOnlyList<(string Text, bool IsFound)> Snippet);
