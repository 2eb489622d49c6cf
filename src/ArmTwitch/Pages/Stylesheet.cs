namespace ArmTwitch.Pages;

/// <summary>
/// The stylesheet of reader pages. It is inlined, because most readers come from a search for one page and save a round trip.
/// </summary>
public static class Stylesheet
{
    private static readonly AssetValue<string> Current = new(() => DesignTokens.Stylesheet("site.css"));

    public static string Text => Current.Value;
}
