namespace ArmTwitch.Pages;

/// <summary>
/// The stylesheet of reader pages. It is inlined, because most readers come from a search for one page and save a round trip.
/// </summary>
public static class Stylesheet
{
    /// <summary>The files in the order in which a later rule outweighs an earlier one.</summary>
    public static readonly IReadOnlyList<string> Files =
        ["font.css", "site.css", "article.css", "pictures.css", "home.css", "forms.css", "guides.css", "print.css"];

    private static readonly AssetValue<string> Current = new(() => DesignTokens.Stylesheet(Files)
        .Replace($"url({HeadingFont.FileName})", $"url({HeadingFont.Address})", StringComparison.Ordinal));

    public static string Text => Current.Value;
}
