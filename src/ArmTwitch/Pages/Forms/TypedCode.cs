using System.Globalization;
using System.Text;

namespace ArmTwitch.Pages.Forms;

/// <summary>Reads a code that somebody typed with the keyboard of any script: digits of that script, or full-width letters.</summary>
internal static class TypedCode
{
    /// <returns>The digits in ASCII, without anything between them.</returns>
    public static string Digits(string typed) => string.Concat(typed.EnumerateRunes().Select(ToAscii).Where(char.IsAsciiDigit));

    /// <returns>The letters and digits in ASCII, without anything between them.</returns>
    public static string LettersAndDigits(string typed) =>
        string.Concat(typed.EnumerateRunes().Select(ToAscii).Where(char.IsAsciiLetterOrDigit));

    private static char ToAscii(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber ? (char)('0' + (int)Rune.GetNumericValue(rune))
        : rune.IsBmp ? FullWidth.ToAscii((char)rune.Value)
        : ' ';
}
