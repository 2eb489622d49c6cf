using System.Globalization;
using System.Text;

namespace ArmTwitch.Phrases;

/// <summary>
/// Replaces characters by what a person reads in them: digits of any script by ASCII digits, full-width characters by the usual ones, and
/// invisible ones by nothing.
/// </summary>
internal static class CharacterFolding
{
    private const char Keycap = '\u20E3';

    /// <returns>The text, and for each of its characters, and its end, the place in <paramref name="typed"/>.</returns>
    public static (string Text, IReadOnlyList<int> Places) Fold(string typed)
    {
        var text = new StringBuilder(typed.Length);
        var places = new List<int>(typed.Length + 1);
        for (var at = 0; at < typed.Length;)
        {
            var length = char.IsSurrogatePair(typed, at) ? 2 : 1;
            if (CharUnicodeInfo.GetDecimalDigitValue(typed, at) is >= 0 and var digit)
                Add((char)('0' + digit), at);
            else if (length is 1 && !IsInvisible(typed[at]))
                Add(ToAscii(typed[at]), at);
            else if (length is 2)
            {
                Add(typed[at], at);
                Add(typed[at + 1], at + 1);
            }

            at += length;
        }

        places.Add(typed.Length);
        return (text.ToString(), places);

        void Add(char sign, int place)
        {
            text.Append(sign);
            places.Add(place);
        }
    }

    private static bool IsInvisible(char sign) =>
        sign is Keycap or (>= '\uFE00' and <= '\uFE0F') || char.GetUnicodeCategory(sign) is UnicodeCategory.Format;

    /// <returns>The usual character for a full-width one, which East Asian keyboards type; else the character itself.</returns>
    public static char ToAscii(char sign) => sign switch
    {
        '\u3000' => ' ',
        '\uFE6B' => '@',
        '\u3002' or '\uFF61' or '\uFE52' => '.',
        _ => FullWidth.ToAscii(sign),
    };
}
