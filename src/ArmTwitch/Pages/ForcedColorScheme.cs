using System.Text.RegularExpressions;

namespace ArmTwitch.Pages;

/// <summary>Shows a page or a stylesheet in the light or in the dark, whatever the browser prefers. A frame cannot be told to prefer one.</summary>
internal static partial class ForcedColorScheme
{
    public static string Apply(string text, bool isDark) =>
        Choice().Replace(
            DarkQuery().Replace(text, isDark ? "@media all" : "@media not all"), isDark ? "$1dark" : "$1light");

    [GeneratedRegex(@"@media \(prefers-color-scheme: ?dark\)")]
    private static partial Regex DarkQuery();

    /// <summary>The property, and the meta element of a page.</summary>
    [GeneratedRegex("""(color-scheme: ?|"color-scheme" content=")light dark""")]
    private static partial Regex Choice();
}
