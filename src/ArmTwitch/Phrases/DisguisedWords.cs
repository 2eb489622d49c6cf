using System.Globalization;
using System.Text;

namespace ArmTwitch.Phrases;

/// <summary>
/// Reads words whose letters stand apart or are written as digits, as some do to pass a filter ("k i l l", "k1ll"), and what comes from a
/// phone at night: letters that are drawn out ("anymoreee"), and dots, emoji or underscores between words ("I just… 😔 want to").
/// </summary>
internal static class DisguisedWords
{
    private const string Signs = "013457!@$", Letters = "oieastias";

    /// <summary>How many characters at most part two letters of one word.</summary>
    private const int WidestGap = 3;

    /// <param name="folded">Of <see cref="AccentFolding"/>.</param>
    /// <returns>
    /// The text as a person reads it, and for each of its characters, and its end, the place in <paramref name="folded"/>. Null when
    /// nothing in it is disguised.
    /// </returns>
    public static (string Text, IReadOnlyList<int> Places)? Read(string folded)
    {
        var (text, places) = Join(WithoutMarks(folded));
        for (var (start, end) = (0, 0); start < text.Length; start = end + 1)
        {
            var hasLetter = false;
            for (end = start; end < text.Length && IsInWord(text, end); end++)
                hasLetter |= char.IsLetter(text[end]);
            for (var at = start; hasLetter && at < end; at++)
            {
                // A number stays one.
                if (Signs.IndexOf(text[at], StringComparison.Ordinal) is >= 0 and var sign)
                    text[at] = Letters[sign];
            }
        }

        places.Add(folded.Length);
        return text.Equals(folded) ? null : (text.ToString(), places);
    }

    /// <returns>The text with blanks in place of what may stand between the words of one phrase. Its length stays the same.</returns>
    private static string WithoutMarks(string folded) => string.Create(folded.Length, folded, (text, source) =>
    {
        for (var at = 0; at < text.Length; at++)
            text[at] = IsMark(source, at) ? ' ' : source[at];
    });

    private static bool IsMark(string folded, int at) =>
        folded[at] is '_' or '…' || char.IsSurrogate(folded[at]) || char.GetUnicodeCategory(folded[at]) is UnicodeCategory.OtherSymbol
        || (folded[at] is '.' && ((at > 0 && folded[at - 1] is '.') || (at + 1 < folded.Length && folded[at + 1] is '.')));

    /// <summary>Puts single letters in a row together, and makes one of a letter that stands there three times or more.</summary>
    private static (StringBuilder Text, List<int> Places) Join(string folded)
    {
        var (text, places) = (new StringBuilder(folded.Length), new List<int>(folded.Length + 1));
        for (var at = 0; at < folded.Length; at++)
        {
            text.Append(folded[at]);
            at = EndOfStretch(folded, at);
            places.Add(at);
            if (IsSingle(folded, at) && NextSingle(folded, at) is { } next)
                at = next - 1;
        }

        return (text, places);
    }

    /// <returns>The last place of a letter that begins here and is drawn out; else the place itself.</returns>
    private static int EndOfStretch(string folded, int at)
    {
        var last = at;
        while (char.IsLetter(folded[at]) && last + 1 < folded.Length && folded[last + 1] == folded[at])
            last++;
        return last >= at + 2 ? last : at;
    }

    /// <returns>Where the next word of one letter is, when it comes at once; else null.</returns>
    private static int? NextSingle(string folded, int at)
    {
        var next = at + 1;
        while (next < folded.Length && next <= at + WidestGap && !char.IsLetterOrDigit(folded[next]) && folded[next] is not ('\'' or '\n'))
            next++;
        return next > at + 1 && next < folded.Length && IsSingle(folded, next) ? next : null;
    }

    private static bool IsSingle(string folded, int at)
    {
        return IsOfWord(at) && !IsOfWord(at - 1) && !IsOfWord(at + 1);

        bool IsOfWord(int place) => place >= 0 && place < folded.Length && char.IsLetterOrDigit(folded[place]);
    }

    private static bool IsInWord(StringBuilder text, int at) =>
        char.IsLetterOrDigit(text[at])
        || (Signs.Contains(text[at], StringComparison.Ordinal) && at > 0 && at + 1 < text.Length
            && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]));
}
