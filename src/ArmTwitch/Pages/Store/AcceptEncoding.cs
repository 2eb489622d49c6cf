using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ArmTwitch.Pages.Store;

/// <summary>Chooses a content coding by Accept-Encoding (RFC 9110, 12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>
    /// Browsers send a handful of short values. The limits keep a client that makes up values from filling the memory.
    /// </summary>
    private const int MaxRemembered = 256, MaxLength = 128;

    private static readonly ConcurrentDictionary<string, PageContentEncoding> Remembered = new(StringComparer.Ordinal);

    public static PageContentEncoding Choose(StringValues accepted)
    {
        if (accepted.Count is 0)
            return PageContentEncoding.Identity;
        var header = accepted.ToString();
        if (Remembered.TryGetValue(header, out var known))
            return known;

        var coding = Read(header);
        if (header.Length > MaxLength)
            return coding;
        if (Remembered.Count >= MaxRemembered)
            Remembered.Clear();
        Remembered[header] = coding;
        return coding;
    }

    public static bool Remembers(string header) => Remembered.ContainsKey(header);

    private static PageContentEncoding Read(string header)
    {
        if (!StringWithQualityHeaderValue.TryParseList([header], out var values))
            return PageContentEncoding.Identity;

        double? QualityOf(string coding) =>
            values.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) is { } listed
                ? listed.Quality ?? 1
                : null;

        var others = QualityOf("*") ?? 0;
        var identity = QualityOf("identity") ?? 0;
        var (brotli, gzip) = (QualityOf("br") ?? others, QualityOf("gzip") ?? QualityOf("x-gzip") ?? others);
        if (brotli > 0 && brotli >= gzip && brotli >= identity)
            return PageContentEncoding.Brotli;
        return gzip > 0 && gzip >= identity ? PageContentEncoding.Gzip : PageContentEncoding.Identity;
    }
}
