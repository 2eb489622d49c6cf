namespace ArmTwitch.Articles;

/// <summary>How well the evidence carries a fact.</summary>
public enum Strength
{
    /// <summary>Well supported, or established guidance.</summary>
    Well,

    /// <summary>Small, old or indirect studies, or the opinion of experts.</summary>
    Limited,

    /// <summary>Often claimed, poorly supported.</summary>
    Weak,

    /// <summary>Contradicted by evidence.</summary>
    Wrong,
}

/// <summary>Whether we read the source itself or only what another said of it.</summary>
public enum Seen
{
    Read,
    Reported,
}

/// <summary>One statement that an article may cite, and what it rests on.</summary>
/// <param name="Id">As in <c>[@F014]</c>.</param>
/// <param name="Says">The statement in our own words; for editors, not shown to readers.</param>
/// <param name="Note">What limits the strength, in a few words.</param>
public sealed record Fact(string Id, string Says, Strength Strength, string? Note, IReadOnlyList<Source> Sources);

/// <summary>A paper, guideline or page.</summary>
/// <param name="In">The journal or the publisher.</param>
/// <param name="Year">Null when the source gives none, or none was noted.</param>
/// <param name="Address">Where to find it by its DOI, PubMed or PMC number; null when it has none.</param>
/// <param name="Undated">Whether we looked for its year and saw none.</param>
public sealed record Source(string Id, string Title, string? Authors, string In, int? Year, string? Volume, Uri? Address, Seen Seen, string? Note, bool Undated = false);

/// <summary>A fact as one article cites it.</summary>
/// <param name="Number">Counted from 1 in the order of first mention.</param>
/// <param name="Mentions">How often the article cites it.</param>
public sealed record Reference(int Number, Fact Fact, int Mentions);
