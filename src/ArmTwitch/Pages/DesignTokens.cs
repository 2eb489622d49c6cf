using System.Text.RegularExpressions;

namespace ArmTwitch.Pages;

/// <summary>The values of tokens.css, also for what knows no CSS variables: mails, the icon, the picture for sharing.</summary>
public static partial class DesignTokens
{
    private const string DarkBegins = "@media (prefers-color-scheme: dark)";

    private static readonly AssetValue<Values> Current = new(() => Read(EmbeddedAssets.Text("tokens.css")));

    /// <summary>A stylesheet that may use the variables.</summary>
    public static string Stylesheet(string name) => Stylesheet([name]);

    /// <summary>Several files as one stylesheet, in their order.</summary>
    public static string Stylesheet(IEnumerable<string> names) => string.Join('\n', names.Prepend("tokens.css").Select(EmbeddedAssets.Text));

    /// <summary>The value in the light; of a colour <c>#</c> and six hexadecimal digits.</summary>
    /// <exception cref="KeyNotFoundException">tokens.css has no such token.</exception>
    public static string Light(string token) => Current.Value.Light[token];

    /// <summary>The same text with values for <c>var(--token)</c>; after the media query for the dark those of the dark.</summary>
    /// <exception cref="KeyNotFoundException">tokens.css has no such token.</exception>
    public static string WriteIn(string css)
    {
        var (light, dark) = Current.Value;
        var darkBegins = css.IndexOf(DarkBegins, StringComparison.Ordinal) is var at and >= 0 ? at : css.Length;
        return Variable().Replace(css, found => (found.Index < darkBegins ? light : dark)[found.Groups["token"].Value]);
    }

    private static Values Read(string css)
    {
        var darkBegins = css.IndexOf(DarkBegins, StringComparison.Ordinal);
        var light = new Dictionary<string, string>();
        foreach (Match found in Declaration().Matches(css[..darkBegins]))
            light[found.Groups["token"].Value] = found.Groups["value"].Value;
        var dark = new Dictionary<string, string>(light);
        foreach (Match found in Declaration().Matches(css[darkBegins..]))
            dark[found.Groups["token"].Value] = found.Groups["value"].Value;
        return new(light, dark);
    }

    [GeneratedRegex(@"--(?<token>[a-z-]+):\s*(?<value>[^;]+);")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"var\(--(?<token>[a-z-]+)\)")]
    private static partial Regex Variable();

    private sealed record Values(IReadOnlyDictionary<string, string> Light, IReadOnlyDictionary<string, string> Dark);
}
