using System.Text.RegularExpressions;

namespace ArmTwitch.Pages;

/// <summary>
/// The stylesheet of reader pages. It is inlined, because most readers come from a search for one page and save a round trip.
/// </summary>
public static partial class Stylesheet
{
    private const string GuidesFile = "guides.css", ListsFile = "home.css";

    private static readonly IReadOnlyList<string> OfEveryPage =
        ["font.css", "site.css", "article.css", "pictures.css", "numbers.css", "forms.css", "print.css"];

    private static readonly AssetValue<string> Current = new(() => Shorten(DesignTokens.Stylesheet(OfEveryPage))
        .Replace($"url({HeadingFont.FileName})", $"url({HeadingFont.Address})", StringComparison.Ordinal));

    private static readonly AssetValue<string> CurrentGuides = new(() => Shorten(EmbeddedAssets.Text(GuidesFile)));

    private static readonly AssetValue<string> CurrentLists = new(() => Shorten(EmbeddedAssets.Text(ListsFile)));

    /// <summary>All files, in the order in which a later rule outweighs an earlier one.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. OfEveryPage, GuidesFile, ListsFile];

    /// <summary>What every page has.</summary>
    public static string Text => Current.Value;

    /// <summary>What only the red-flag questions and the visit sheet have, behind <see cref="Text"/>.</summary>
    public static string Guides => CurrentGuides.Value;

    /// <summary>What only the home page and lists of articles and topics have, behind <see cref="Text"/>.</summary>
    public static string Lists => CurrentLists.Value;

    /// <summary>Leaves out comments and the space that only people need; what stands in quotes stays as it is.</summary>
    private static string Shorten(string css) => Spare().Replace(css, found =>
        found.Groups["quoted"].Success ? found.Value
        : found.Groups["mark"].Success ? found.Groups["mark"].Value
        : found.Value[0] is '/' ? ""
        : " ");

    [GeneratedRegex("""(?<quoted>"[^"]*")|/\*.*?\*/|\s*(?<mark>[{};,])\s*|(?<mark>:)\s+|\s+""", RegexOptions.Singleline)]
    private static partial Regex Spare();
}
