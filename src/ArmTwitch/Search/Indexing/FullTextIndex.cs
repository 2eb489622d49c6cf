using ArmTwitch.Articles;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Search.Indexing;

/// <summary>
/// The words of articles in an SQLite database (FTS5: stemming, BM25) that is not the site's database. An article is named by its place in
/// the list from which the index was built. Not thread-safe.
/// </summary>
internal sealed class FullTextIndex : IDisposable
{
    /// <summary>BM25 goes through all rows of every word, and of a word that more rows have it says little.</summary>
    private const int MaxRanked = 300;

    /// <summary>How many expressions are remembered with their counts: SQLite puts all words together that begin like one.</summary>
    private const int MaxCounts = 2000;

    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    private readonly SqliteConnection database;

    /// <summary>The row of each article.</summary>
    private readonly long[] rows;

    private FullTextIndex(SqliteConnection database)
    {
        this.database = database;
        rows = [.. RowsOf(database)];
    }

    /// <summary>Opens an index that was built in a file.</summary>
    public static FullTextIndex Open(string file) => new(Connect(file, SqliteOpenMode.ReadOnly));

    /// <summary>Builds an index in memory.</summary>
    public static FullTextIndex Build(IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        var database = Connect(":memory:", SqliteOpenMode.Memory);
        new FullTextIndexWriter(database).Fill(articles, cancellationToken);
        return new FullTextIndex(database);
    }

    /// <summary>Builds an index in an empty file.</summary>
    public static void Build(IReadOnlyList<Article> articles, string file, CancellationToken cancellationToken)
    {
        using var database = Connect(file, SqliteOpenMode.ReadWrite);
        new FullTextIndexWriter(database).Fill(articles, cancellationToken);
    }

    /// <summary>Brings an index that was built in a file up to date.</summary>
    /// <inheritdoc cref="FullTextIndexWriter.TryUpdate" path="/returns"/>
    public static bool TryUpdate(IReadOnlyList<Article> articles, string file, CancellationToken cancellationToken)
    {
        using var database = Connect(file, SqliteOpenMode.ReadWrite);
        return new FullTextIndexWriter(database).TryUpdate(articles, cancellationToken);
    }

    /// <summary>Where it is; null for one in memory.</summary>
    public string? File => database.DataSource is ":memory:" ? null : database.DataSource;

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

    /// <inheritdoc cref="MatchAll"/>
    /// <param name="expression">Of FTS5.</param>
    public Dictionary<int, double> Match(string expression, int most) => MatchAll([expression], most);

    /// <param name="expressions">Of FTS5, all of which an article has to match.</param>
    /// <param name="most">How many articles there may be, the best ones.</param>
    /// <returns>
    /// The articles with their rank by BM25; a higher one is better. Of what too many match, the first ones, all of one rank.
    /// </returns>
    public Dictionary<int, double> MatchAll(IReadOnlyList<string> expressions, int most)
    {
        var all = string.Join(" AND ", expressions);
        return Match(all, expressions.All(IsCommon) && IsCommon(all), most);
    }

    /// <param name="expressions">Of FTS5, any of which an article has to match.</param>
    /// <inheritdoc cref="MatchAll"/>
    public Dictionary<int, double> MatchAny(IReadOnlyList<string> expressions, int most)
    {
        var any = string.Join(" OR ", expressions);
        return Match(any, expressions.Any(IsCommon) || (expressions.Sum(CountOf) > MaxRanked && IsCommon(any)), most);
    }

    /// <summary>Whether too many articles match to rank them.</summary>
    /// <param name="expression">Of FTS5.</param>
    public bool IsCommon(string expression) => CountOf(expression) > MaxRanked;

    /// <summary>Whether any article matches.</summary>
    /// <param name="expression">Of FTS5.</param>
    public bool HasMatch(string expression)
    {
        using var select = Command("select 1 from articles where articles match $expression limit 1");
        select.Parameters.AddWithValue("$expression", expression);
        return select.ExecuteScalar() is not null;
    }

    /// <summary>What may be quoted of an article (<see cref="ArticlePassages.Quotable"/>).</summary>
    public string QuotableOf(int article)
    {
        using var select = Command("select quotable from articles where rowid = $row");
        select.Parameters.AddWithValue("$row", rows[article]);
        return (string)select.ExecuteScalar()!;
    }

    public void Dispose() => database.Dispose();

    private Dictionary<int, double> Match(string expression, bool isCommon, int most)
    {
        var found = new Dictionary<int, double>();
        using var select = Command(isCommon
            ? "select rowid, 1.0 from articles where articles match $expression order by rowid limit $most"
            : """
              select rowid, -bm25(articles, 12, 8, 4, 3, 1, 1) as rank from articles where articles match $expression
              order by rank desc limit $most
              """);
        select.Parameters.AddWithValue("$expression", expression);
        select.Parameters.AddWithValue("$most", most);
        using var matches = select.ExecuteReader();
        while (matches.Read())
            found.Add(Array.BinarySearch(rows, matches.GetInt64(0)), matches.GetDouble(1));
        return found;
    }

    /// <returns>How many articles match, at most one more than <see cref="MaxRanked"/>.</returns>
    private int CountOf(string expression)
    {
        if (counts.TryGetValue(expression, out var known))
            return known;
        using var select = Command(
            $"select count(*) from (select 1 from articles where articles match $expression limit {MaxRanked + 1})");
        select.Parameters.AddWithValue("$expression", expression);
        var count = (int)(long)select.ExecuteScalar()!;
        if (counts.Count >= MaxCounts)
            counts.Clear();
        return counts[expression] = count;
    }

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var database = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        database.Open();
        return database;
    }

    private static IEnumerable<long> RowsOf(SqliteConnection database)
    {
        using var select = database.CreateCommand();
        select.CommandText = "select row from sources order by row";
        using var rows = select.ExecuteReader();
        while (rows.Read())
            yield return rows.GetInt64(0);
    }

    private SqliteCommand Command(string sql)
    {
        var command = database.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
