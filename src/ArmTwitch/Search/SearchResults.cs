using ArmTwitch.Articles;

namespace ArmTwitch.Search;

/// <param name="Query">What was typed.</param>
/// <param name="ReadAs">What was looked for instead, when a word was misspelt; null when nothing was changed.</param>
public sealed record SearchResults(string Query, string? ReadAs, IReadOnlyList<SearchHit> Hits);

/// <param name="Snippet">A passage around the words, in stretches that are or are not what was looked for.</param>
public sealed record SearchHit(Article Article, IReadOnlyList<(string Text, bool IsFound)> Snippet);
