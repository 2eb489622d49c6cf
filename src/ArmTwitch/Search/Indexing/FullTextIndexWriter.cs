using System.Security.Cryptography;
using ArmTwitch.Articles;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Phrases;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Search.Indexing;

/// <summary>
/// Writes the words of articles into the database of a <see cref="FullTextIndex"/>. The rows stand in the order of the articles, with room
/// between them for what is published later.
/// </summary>
internal sealed class FullTextIndexWriter(SqliteConnection database)
{
    private const long FirstRow = 1L << 40, Room = 1024;

    /// <summary>How many more uses of a word there are than the database says.</summary>
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);

    /// <summary>Writes the articles into an empty database.</summary>
    public void Fill(IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        Begin();
        Run("""
            create virtual table articles using fts5(
                title, synonyms, headings, summary, quotable, unquotable, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3');
            create table sources (row integer primary key, slug text not null, hash text not null);
            create table vocabulary (word text primary key, uses integer not null) without rowid
            """);
        foreach (var (at, article) in articles.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(FirstRow + (at * Room), article);
        }

        Commit();
    }

    /// <summary>Brings the database up to date. What was made of an article whose file is the same stays.</summary>
    /// <returns>False when it has to be made anew, because most articles are other ones, or too many stand between two old ones.</returns>
    public bool TryUpdate(IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        var old = Sources();
        var versions = articles.Select(article => (article.Slug.ToString(), HashOf(article))).ToList();
        var rows = RowsOf(versions, old);
        var added = versions.Index().Where(pair => !old.ContainsKey(pair.Item)).Select(pair => pair.Index).ToList();
        if (added.Count > articles.Count / 2 || rows.Zip(rows.Skip(1)).Any(pair => pair.First >= pair.Second))
            return false;
        Begin();
        foreach (var gone in old.Keys.Except(versions))
            Remove(old[gone]);
        foreach (var at in added)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(rows[at], articles[at]);
        }

        Commit();
        return true;
    }

    /// <summary>What tells one version of an article from another.</summary>
    public static string HashOf(Article article) => Convert.ToHexStringLower(SHA256.HashData(article.Utf8.Span));

    /// <returns>The rows of the articles that are indexed as they are now.</returns>
    private Dictionary<(string Slug, string Hash), long> Sources()
    {
        var sources = new Dictionary<(string, string), long>();
        using var select = Command("select row, slug, hash from sources");
        using var rows = select.ExecuteReader();
        while (rows.Read())
            sources[(rows.GetString(1), rows.GetString(2))] = rows.GetInt64(0);
        return sources;
    }

    /// <returns>For each article its old row, or one between those of its neighbours. Without room for all they are not in order.</returns>
    private static long[] RowsOf(IEnumerable<(string Slug, string Hash)> versions, Dictionary<(string Slug, string Hash), long> old)
    {
        var rows = versions.Select(version => old.GetValueOrDefault(version)).ToArray();
        for (var from = 0; from < rows.Length; from++)
        {
            if (rows[from] is not 0)
                continue;
            var after = Array.FindIndex(rows, from, row => row is not 0);
            var count = (after < 0 ? rows.Length : after) - from;
            var least = from > 0 ? rows[from - 1] : after < 0 ? FirstRow : rows[after] - ((count + 1) * Room);
            var step = after < 0 ? Room : (rows[after] - least) / (count + 1);
            for (var at = 0; at < count; at++)
                rows[from + at] = least + ((at + 1) * step);
        }

        return rows;
    }

    private void Add(long row, Article article)
    {
        var passages = ArticlePassages.Of(article);
        string[] texts =
        [
            article.Title, string.Join(" · ", article.Synonyms), string.Join(" · ", article.Headings.Select(heading => heading.Text)),
            article.Summary, passages.Quotable, passages.Unquotable,
        ];
        Run(
            """
            insert into articles (rowid, title, synonyms, headings, summary, quotable, unquotable) values ($1, $2, $3, $4, $5, $6, $7)
            """,
            [row, .. texts]);
        Run("insert into sources values ($1, $2, $3)", row, article.Slug.ToString(), HashOf(article));
        Count(texts, 1);
    }

    private void Remove(long row)
    {
        var texts = new object[6];
        using (var select = Command("select title, synonyms, headings, summary, quotable, unquotable from articles where rowid = $1", row))
        {
            using var found = select.ExecuteReader();
            found.Read();
            found.GetValues(texts);
        }

        Run("delete from articles where rowid = $1", row);
        Run("delete from sources where row = $1", row);
        Count(texts.Cast<string>(), -1);
    }

    private void Count(IEnumerable<string> texts, int times)
    {
        foreach (var word in texts.SelectMany(text => QueryWords.Of(NfcNormalizer.Compose(text))))
            uses[word] = uses.GetValueOrDefault(word) + times;
    }

    private void Begin()
    {
        // A file that is cut short is thrown away, so it needs no journal.
        Run("pragma journal_mode = off; pragma synchronous = off; begin");
    }

    private void Commit()
    {
        foreach (var (word, more) in uses)
            Run("insert into vocabulary values ($1, $2) on conflict do update set uses = uses + excluded.uses", word, more);
        Run("delete from vocabulary where uses < 1; commit");
    }

    private void Run(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand();
        command.CommandText = sql;
        foreach (var (at, value) in values.Index())
            command.Parameters.AddWithValue($"${at + 1}", value);
        return command;
    }
}
