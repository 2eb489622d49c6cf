using ArmTwitch.Articles;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Phrases;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Search.Indexing;

/// <summary>
/// The words of articles in an SQLite database (FTS5: stemming, BM25) that is not the site's database. The row of an article is its place
/// in the list from which the index was built. Not thread-safe.
/// </summary>
internal sealed class FullTextIndex : IDisposable
{
    /// <summary>BM25 goes through all rows of every word, and of a word that more rows have it says little.</summary>
    private const int MaxRanked = 1000;

    private readonly SqliteConnection database;

    private FullTextIndex(string file, SqliteOpenMode mode)
    {
        database = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        database.Open();
    }

    /// <summary>Opens an index that was built in a file.</summary>
    public static FullTextIndex Open(string file) => new(file, SqliteOpenMode.ReadOnly);

    /// <summary>Builds an index in memory.</summary>
    public static FullTextIndex Build(IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        var index = new FullTextIndex(":memory:", SqliteOpenMode.Memory);
        index.Fill(articles, cancellationToken);
        return index;
    }

    /// <summary>Builds an index in an empty file.</summary>
    public static void Build(IReadOnlyList<Article> articles, string file, CancellationToken cancellationToken)
    {
        using var index = new FullTextIndex(file, SqliteOpenMode.ReadWrite);
        index.Fill(articles, cancellationToken);
    }

    /// <summary>Every word of the articles and how often it is used.</summary>
    public Dictionary<string, int> Vocabulary()
    {
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        using var select = Command("select word, uses from vocabulary");
        using var words = select.ExecuteReader();
        while (words.Read())
            uses.Add(words.GetString(0), words.GetInt32(1));
        return uses;
    }

    /// <param name="expression">Of FTS5.</param>
    /// <param name="most">How many rows there may be, the best ones.</param>
    /// <returns>
    /// The rows with their rank by BM25; a higher one is better. Of an expression that too many match, the first rows, all of one rank.
    /// </returns>
    public Dictionary<int, double> Match(string expression, int most)
    {
        var found = new Dictionary<int, double>();
        using var select = Command(IsCommon(expression)
            ? "select rowid, 1.0 from articles where articles match $expression order by rowid limit $most"
            : """
              select rowid, -bm25(articles, 12, 8, 4, 3, 1, 1) as rank from articles where articles match $expression
              order by rank desc limit $most
              """);
        select.Parameters.AddWithValue("$expression", expression);
        select.Parameters.AddWithValue("$most", most);
        using var rows = select.ExecuteReader();
        while (rows.Read())
            found.Add(rows.GetInt32(0), rows.GetDouble(1));
        return found;
    }

    /// <summary>Whether too many articles match to rank them.</summary>
    /// <param name="expression">Of FTS5.</param>
    public bool IsCommon(string expression)
    {
        using var count = Command(
            $"select count(*) > {MaxRanked} from (select 1 from articles where articles match $expression limit {MaxRanked + 1})");
        count.Parameters.AddWithValue("$expression", expression);
        return (long)count.ExecuteScalar()! is 1;
    }

    /// <summary>Whether any article matches.</summary>
    /// <param name="expression">Of FTS5.</param>
    public bool HasMatch(string expression)
    {
        using var select = Command("select 1 from articles where articles match $expression limit 1");
        select.Parameters.AddWithValue("$expression", expression);
        return select.ExecuteScalar() is not null;
    }

    /// <summary>What may be quoted of an article (<see cref="ArticlePassages.Quotable"/>).</summary>
    public string QuotableOf(int row)
    {
        using var select = Command("select quotable from articles where rowid = $row");
        select.Parameters.AddWithValue("$row", row);
        return (string)select.ExecuteScalar()!;
    }

    public void Dispose() => database.Dispose();

    private void Fill(IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        // A build that is cut short is thrown away, so it needs no journal.
        Run("""
            pragma journal_mode = off;
            pragma synchronous = off;
            create virtual table articles using fts5(
                title, synonyms, headings, summary, quotable, unquotable, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3');
            create table vocabulary (word text primary key, uses integer not null) without rowid;
            begin
            """);
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (row, article) in articles.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var word in Add(row, article).SelectMany(text => QueryWords.Of(NfcNormalizer.Compose(text))))
                uses[word] = uses.GetValueOrDefault(word) + 1;
        }

        foreach (var (word, count) in uses)
            Run("insert into vocabulary values ($1, $2)", word, count);
        Run("commit");
    }

    /// <returns>What was indexed of the article.</returns>
    private string[] Add(int row, Article article)
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
        return texts;
    }

    private void Run(string sql, params object[] values)
    {
        using var command = Command(sql);
        foreach (var (at, value) in values.Index())
            command.Parameters.AddWithValue($"${at + 1}", value);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = database.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
