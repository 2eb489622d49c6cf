using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ArmTwitch.Data.UnicodeForms;

/// <summary>
/// Unicode normalization form C by the algorithm of UAX 15. With invariant globalization <see cref="string.Normalize()"/> returns its input
/// unchanged.
/// </summary>
public static class NfcNormalizer
{
    private const int FirstSyllable = 0xAC00, FirstLead = 0x1100, FirstVowel = 0x1161, BeforeTrail = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    private const byte Virama = 9;

    private static readonly FrozenDictionary<int, (int First, int Second)> Parts;
    private static readonly FrozenDictionary<(int First, int Second), int> Wholes;
    private static readonly FrozenDictionary<int, byte> Classes = ReadClasses();

    static NfcNormalizer()
    {
        var parts = new Dictionary<int, (int, int)>();
        var wholes = new Dictionary<(int, int), int>();
        foreach (var group in NfcCharacterData.Decompositions.Split(
            [';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = group.Split(' ');
            var whole = Hex(words[0]);
            foreach (var word in words.AsSpan(1))
            {
                var halves = word.TrimEnd('!').Split('+');
                var pair = (Hex(halves[0]), halves.Length is 2 ? Hex(halves[1]) : 0);
                parts.Add(whole, pair);
                if (halves.Length is 2 && !word.EndsWith('!'))
                    wholes.Add(pair, whole);
                whole++;
            }
        }

        Parts = parts.ToFrozenDictionary();
        Wholes = wholes.ToFrozenDictionary();
    }

    /// <param name="text">Well-formed UTF-16.</param>
    public static string Compose(string text)
    {
        // Nothing below U+0300 combines or decomposes.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF'))
            return text;

        var runes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, runes);
        Order(runes);
        return Join(runes);
    }

    /// <summary>Unicode normalization form D: each accent is a character of its own.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    public static string Decompose(string text)
    {
        var runes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, runes);
        Order(runes);
        return string.Concat(runes.Select(char.ConvertFromUtf32));
    }

    /// <summary>Whether it suppresses the vowel of the letter before it (combining class 9), as in scripts of India.</summary>
    internal static bool IsVirama(int rune) => ClassOf(rune) is Virama;

    private static void Decompose(int rune, List<int> into)
    {
        if (rune - FirstSyllable is >= 0 and < Syllables and var syllable)
        {
            into.Add(FirstLead + syllable / (Vowels * Trails));
            into.Add(FirstVowel + syllable / Trails % Vowels);
            if (syllable % Trails is > 0 and var trail)
                into.Add(BeforeTrail + trail);
        }
        else if (Parts.TryGetValue(rune, out var pair))
        {
            Decompose(pair.First, into);
            if (pair.Second is not 0)
                into.Add(pair.Second);
        }
        else
        {
            into.Add(rune);
        }
    }

    /// <summary>Sorts each run of marks by combining class; the sort is stable.</summary>
    private static void Order(List<int> runes)
    {
        for (var start = 0; start < runes.Count; start++)
        {
            if (ClassOf(runes[start]) is 0)
                continue;
            var end = start;
            while (end < runes.Count && ClassOf(runes[end]) is not 0)
                end++;
            if (end - start > 1)
            {
                var sorted = runes.GetRange(start, end - start).OrderBy(ClassOf).ToArray();
                for (var i = 0; i < sorted.Length; i++)
                    runes[start + i] = sorted[i];
            }

            start = end;
        }
    }

    private static string Join(List<int> runes)
    {
        var joined = new List<int>(runes.Count);
        var starter = -1;
        var classBefore = -1;
        foreach (var rune in runes)
        {
            var own = ClassOf(rune);
            var open = starter >= 0 && (classBefore < own || (classBefore is 0 && starter == joined.Count - 1));
            if (open && Whole(joined[starter], rune) is > 0 and var whole)
            {
                joined[starter] = whole;
                continue;
            }

            if (own is 0)
                starter = joined.Count;
            classBefore = own;
            joined.Add(rune);
        }

        var text = new StringBuilder(joined.Count);
        foreach (var rune in joined)
            text.Append(new Rune(rune).ToString());
        return text.ToString();
    }

    private static int Whole(int first, int second)
    {
        if (first - FirstLead is >= 0 and < Leads and var lead && second - FirstVowel is >= 0 and < Vowels and var vowel)
            return FirstSyllable + (lead * Vowels + vowel) * Trails;
        if (first - FirstSyllable is >= 0 and < Syllables and var syllable
            && syllable % Trails is 0 && second - BeforeTrail is > 0 and < Trails and var trail)
            return first + trail;
        return Wholes.GetValueOrDefault((first, second));
    }

    private static int ClassOf(int rune) => rune < 0x300 ? 0 : Classes.GetValueOrDefault(rune);

    private static FrozenDictionary<int, byte> ReadClasses()
    {
        var classes = new Dictionary<int, byte>();
        foreach (var entry in NfcCharacterData.Classes.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            var ends = entry[..colon].Split('-');
            for (var rune = Hex(ends[0]); rune <= Hex(ends[^1]); rune++)
                classes.Add(rune, byte.Parse(entry.AsSpan(colon + 1), CultureInfo.InvariantCulture));
        }

        return classes.ToFrozenDictionary();
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
