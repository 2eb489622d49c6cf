using ArmTwitch.Articles;
using ArmTwitch.Pages;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Search;

/// <param name="Query">What was typed.</param>
/// <param name="ReadAs">The query in the words that were looked for; null when they are those that were typed.</param>
public sealed record SearchResults(string Query, string? ReadAs, IReadOnlyList<SearchHit> Hits)
{
    /// <summary>No more of a query is looked for. Danger is noticed in all of it.</summary>
    public const int MaxSearchedLength = 200;

    /// <summary>What was looked for: the query, or its beginning.</summary>
    public string Searched => SearchedPartOf(Query);

    /// <summary>The signs of danger in the query.</summary>
    internal QueryDanger Danger { get; init; } = QueryDanger.None;

    /// <summary>Whether only titles and summaries were searched, because there is no index.</summary>
    public bool IsPreliminary { get; init; }

    /// <summary>Whether there is none because it has failed. Otherwise it is still being made.</summary>
    public bool IsFailing { get; init; }

    /// <summary>Pages of the site on which to do what the query asks for.</summary>
    public IReadOnlyList<PageLink> Pages { get; init; } = [];

    /// <summary>When nothing was found, the articles that come closest.</summary>
    public IReadOnlyList<Article> Closest { get; init; } = [];

    /// <returns>The beginning of a query that is looked for.</returns>
    internal static string SearchedPartOf(string query) => Beginning.Of(query, MaxSearchedLength);
}

/// <param name="Snippet">A passage of the article, split into parts that are or are not found words.</param>
public sealed record SearchHit(Article Article, IReadOnlyList<(string Text, bool IsFound)> Snippet);
