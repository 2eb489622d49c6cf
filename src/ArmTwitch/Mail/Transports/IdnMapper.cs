using System.Text;
using ArmTwitch.Data.UnicodeForms;

namespace ArmTwitch.Mail.Transports;

/// <summary>
/// The mapping of UTS 46 that comes before Punycode. With invariant globalization, <see cref="System.Globalization.IdnMapping"/> maps
/// nothing: "müller" with a combining mark would become another domain than "müller" with one letter.
/// </summary>
internal static class IdnMapper
{
    /// <summary>Characters that the mapping removes.</summary>
    private const string Ignored = "\u00AD\u034F\u180B\u180C\u180D\u180F\u200B\u2060\u2064\uFEFF";

    /// <summary>
    /// Variants of letters that the full table of UTS 46 replaces. No keyboard has them, so a domain with one is refused.
    /// </summary>
    private static readonly (int First, int Last)[] Variants =
    [
        (0xAA, 0xAA), (0xB2, 0xB3), (0xB9, 0xBA), (0x2B0, 0x2B8), (0x2070, 0x209F), (0x2100, 0x218F), (0x2460, 0x24FF), (0x3200, 0x33FF),
        (0xFB00, 0xFDFF), (0xFE10, 0xFE6F), (0xFE70, 0xFEFE),
        (0xFF61, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F100, 0x1F2FF),
    ];

    /// <summary>
    /// Maps full-width letters to the usual ones, and everything to lower case and NFC.
    /// </summary>
    /// <returns>Null for a domain with characters that no domain can have.</returns>
    public static string? Map(string domain)
    {
        if (Ascii.IsValid(domain))
            return domain.ToLowerInvariant();
        var mapped = new StringBuilder(domain.Length);
        foreach (var rune in domain.EnumerateRunes())
        {
            if (rune.IsBmp && FullWidth.ToAscii((char)rune.Value) is var usual && usual != rune.Value)
                mapped.Append(usual);
            else if (rune.Value is 0x3002 or 0xFF61)
                mapped.Append('.');
            else if (Variants.Any(range => rune.Value >= range.First && rune.Value <= range.Last))
                return null;
            else if (rune.Value is not (>= 0xFE00 and <= 0xFE0F)
                && !(rune.IsBmp && Ignored.Contains((char)rune.Value, StringComparison.Ordinal)))
                mapped.Append(rune.ToString());
        }

        return NfcNormalizer.Compose(mapped.ToString().ToLowerInvariant());
    }
}
