namespace ArmTwitch.Articles;

/// <summary>Whether an editor read the source itself, or only what another text says of it.</summary>
public enum SourceAccess
{
    Read,
    Reported,
}

/// <summary>A paper, guideline or page.</summary>
/// <param name="In">The journal or the publisher.</param>
/// <param name="Year">Null when the source gives none, or nobody has looked for it.</param>
/// <param name="Address">
/// Where to find it: by its DOI, PMC or PubMed number, or else at the address that the file gives. Null when it has none of them.
/// </param>
/// <param name="Undated">Whether an editor looked for its year and saw none.</param>
public sealed record Source(
    string Id, string Title, string? Authors, string In, int? Year, string? Volume, Uri? Address, SourceAccess Seen, string? Note,
    bool Undated = false);
