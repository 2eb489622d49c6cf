using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data.UnicodeForms;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Search;

/// <summary>
/// An index of the words of all articles, in an SQLite database in memory (FTS5: stemming, BM25) that is not the site's database. It
/// belongs to one snapshot of the content. Not thread-safe: callers ask one query at a time.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    /// <summary>The index puts a found word between these; no text contains them.</summary>
    private const char FoundFrom = '\u0002', FoundTo = '\u0003';

    private const int MaxWords = 12;
    private const int MaxResults = 30;

    /// <summary>Each misspelt word is compared with the whole vocabulary, which takes time.</summary>
    private const int MaxMisspelt = 3;

    /// <summary>Words that nearly every article has. They tell nothing, and are the most expensive ones to look for.</summary>
    private static readonly HashSet<string> StopWords =
    [
        .. """
            a about after all also am an and any are as at be because been but by can could did do does doing for from get gets
            getting got had has have he her him his how i if in into is it its itself just like me my no not of off on or our
            out over she should so some than that the their them then there these they this to too up us was we were what when
            where which while who why will with would you your
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Every word of the articles and how often it is used. The index itself holds only stems.</summary>
    private readonly Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);

    private readonly SqliteConnection database = new("Data Source=:memory:");

    public SearchIndex(ContentSnapshot content)
    {
        Content = content;
        database.Open();
        Run("""
            create virtual table articles using fts5(
                slug unindexed, title, synonyms, headings, summary, body, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3')
            """);
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

    /// <summary>The content that was indexed.</summary>
    public ContentSnapshot Content { get; }

    /// <param name="query">What somebody typed. All of it is words, nothing is syntax.</param>
    /// <returns>The articles with all words but stop words, or else those with any of them; best first.</returns>
    public SearchResults Find(string query)
    {
        var words = Words(query).Where(word => !StopWords.Contains(word)).Distinct().Take(MaxWords).ToList();
        if (words.Count is 0)
            return new SearchResults(query, null, []);

        var misspelt = words.Where(word => word.Length >= 4 && !IsKnown(word)).Take(MaxMisspelt).ToHashSet(StringComparer.Ordinal);
        var corrected = words.ConvertAll(word => misspelt.Contains(word) ? Closest(word) : word);
        var read = misspelt.Count is 0 || corrected.SequenceEqual(words) ? null : string.Join(' ', corrected);
        var hits = Match(string.Join(" AND ", corrected.Select(Term)));
        return new SearchResults(query, read, hits.Count > 0 ? hits : Match(string.Join(" OR ", corrected.Select(Term))));
    }

    /// <summary>Whether it has words, and all of them are stop words.</summary>
    public static bool IsOfStopWords(string query) => Words(query).Any() && Words(query).All(StopWords.Contains);

    public void Dispose() => database.Dispose();

    private List<SearchHit> Match(string expression)
    {
        // A snippet costs more than finding the article, so it is made only for those that are shown.
        var found = new List<(long Row, Article Article)>();
        using (var select = Command(
            "select rowid, slug from articles where articles match $expression order by bm25(articles, 0, 12, 8, 4, 3, 1) limit $limit",
            expression))
        {
            select.Parameters.AddWithValue("$limit", MaxResults);
            using var rows = select.ExecuteReader();
            while (rows.Read())
            {
                if (Content.Find(Slug.Parse(rows.GetString(1))) is { } article)
                    found.Add((rows.GetInt64(0), article));
            }
        }

        using var quote = Command(
            "select snippet(articles, 5, $from, $to, '…', 24) from articles where articles match $expression and rowid = $row",
            expression);
        quote.Parameters.AddWithValue("$from", FoundFrom.ToString());
        quote.Parameters.AddWithValue("$to", FoundTo.ToString());
        var row = quote.Parameters.AddWithValue("$row", 0L);
        return found.ConvertAll(one =>
        {
            row.Value = one.Row;
            return new SearchHit(one.Article, SnippetParts((string)quote.ExecuteScalar()!));
        });
    }

    private bool IsKnown(string word)
    {
        using var select = Command("select 1 from articles where articles match $expression limit 1", Term(word));
        return select.ExecuteScalar() is not null;
    }

    private SqliteCommand Command(string sql, string expression)
    {
        var command = database.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$expression", expression);
        return command;
    }

    /// <summary>An FTS5 expression for a word and for all words that begin with it.</summary>
    private static string Term(string word) => word.Length >= 3 ? $"(\"{word}\" OR \"{word}\"*)" : $"\"{word}\"";

    /// <returns>The closest word of the articles; the word itself when none is close.</returns>
    private string Closest(string word)
    {
        const int mostEdits = 2;
        return vocabulary.Keys
            .Where(known => Math.Abs(known.Length - word.Length) <= mostEdits)
            .Select(known => (known, edits: SpellingSuggestion.Edits(word, known, mostEdits)))
            .Where(pair => pair.edits <= mostEdits)
            .OrderBy(pair => pair.edits).ThenByDescending(pair => vocabulary[pair.known]).ThenBy(pair => pair.known, StringComparer.Ordinal)
            .Select(pair => pair.known)
            .FirstOrDefault() ?? word;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var letter in NfcNormalizer.Compose(text).Append(' '))
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

    private static List<(string Text, bool IsFound)> SnippetParts(string snippet)
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
