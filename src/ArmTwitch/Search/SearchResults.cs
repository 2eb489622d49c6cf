using ArmTwitch.Articles;

namespace ArmTwitch.Search;

/// <param name="Query">What was typed.</param>
/// <param name="ReadAs">The corrected query; null when no word was misspelt.</param>
public sealed record SearchResults(string Query, string? ReadAs, IReadOnlyList<SearchHit> Hits);

/// <param name="Snippet">A passage of the article, split into parts that are or are not found words.</param>
public sealed record SearchHit(Article Article, IReadOnlyList<(string Text, bool IsFound)> Snippet);
