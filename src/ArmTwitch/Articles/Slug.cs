using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ArmTwitch.Articles;

/// <summary>The last part of an article's address: lower-case words and digits joined by single hyphens, 1 to 80 characters.</summary>
public readonly partial record struct Slug : IParsable<Slug>
{
    public const int MaxLength = 80;

    private static readonly char[] Pasted = [' ', '.', ',', ';', ':', '!', '?', ')', '"', '\'', '>'];

    private readonly string? value;

    private Slug(string value) => this.value = value;

    /// <exception cref="FormatException">The text is no slug.</exception>
    public static Slug Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var slug)
            ? slug
            : throw new FormatException($"'{s}' is no slug: it takes lower-case words joined by hyphens.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Slug result)
    {
        var fits = s is { Length: > 0 and <= MaxLength } && Form().IsMatch(s);
        result = fits ? new Slug(s!) : default;
        return fits;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, out Slug result) => TryParse(s, null, out result);

#pragma warning disable CA1308 // Addresses are lower case; this is no comparison.
    /// <summary>
    /// Reads a part of an address whatever its case, and with what a pasted link often ends in. The answer redirects to the right
    /// spelling.
    /// </summary>
    public static bool TryRead(string typed, out Slug slug) => TryParse(typed.TrimEnd(Pasted).ToLowerInvariant(), out slug);
#pragma warning restore CA1308

    public override string ToString() => value ?? "";

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
