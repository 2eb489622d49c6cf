namespace ArmTwitch.Articles;

/// <summary>Whether we read the source itself or only what another said of it.</summary>
public enum SourceAccess
{
    Read,
    Reported,
}

/// <summary>A paper, guideline or page.</summary>
/// <param name="In">The journal or the publisher.</param>
/// <param name="Year">Null when the source gives none, or none was noted.</param>
/// <param name="Address">Where to find it by its DOI, PubMed or PMC number; null when it has none.</param>
/// <param name="Undated">Whether we looked for its year and saw none.</param>
public sealed record Source(
    string Id, string Title, string? Authors, string In, int? Year, string? Volume, Uri? Address, SourceAccess Seen, string? Note,
    bool Undated = false);

/// <summary>A fact as one article cites it.</summary>
/// <param name="Number">Counted from 1 in the order of first mention.</param>
/// <param name="Mentions">How often the article cites it.</param>
public sealed record Reference(int Number, Fact Fact, int Mentions);
