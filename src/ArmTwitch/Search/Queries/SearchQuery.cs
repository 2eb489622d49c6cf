using ArmTwitch.Pages;

namespace ArmTwitch.Search.Queries;

/// <summary>A query as search reads it.</summary>
/// <param name="Terms">What the articles are to have, without stop words.</param>
/// <param name="ReadAs">The query in other words, when it was not looked for as it was typed; else null.</param>
/// <param name="Pages">Pages of the site on which to do what it asks for.</param>
internal sealed record SearchQuery(IReadOnlyList<SearchTerm> Terms, string? ReadAs, QueryDanger Danger, IReadOnlyList<PageLink> Pages)
{
    /// <summary>Whether it asks without saying of what: "how long does it last".</summary>
    public bool IsGeneral => Terms.All(term => term.IsGeneral);

    /// <summary>The terms that tell of what it asks; all of them when none does.</summary>
    public IReadOnlyList<SearchTerm> Specific { get; } =
        Terms.All(term => term.IsGeneral) ? Terms : [.. Terms.Where(term => !term.IsGeneral)];
}
