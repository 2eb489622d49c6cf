using System.Globalization;
using System.Text;

namespace ArmTwitch.Pages.Forms;

/// <summary>Reads a code that somebody typed.</summary>
internal static class TypedCode
{
    /// <summary>The digits of any script as ASCII digits, whatever stands between them.</summary>
    public static string Digits(string typed) =>
        string.Concat(typed.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber)
            .Select(rune => (int)Rune.GetNumericValue(rune)));
}
