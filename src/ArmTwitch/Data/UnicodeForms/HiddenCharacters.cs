using System.Globalization;
using System.Text;

namespace ArmTwitch.Data.UnicodeForms;

/// <summary>Removes characters that a reader cannot see, unless they shape a visible one.</summary>
public static class HiddenCharacters
{
    /// <summary>No language puts more combining marks on one character.</summary>
    public const int MostMarks = 4;

    private const int NonJoiner = 0x200C, Joiner = 0x200D, BlackFlag = 0x1F3F4, EndOfTag = 0xE007F;

    /// <summary>
    /// Removes control characters but tab and line feed, direction overrides, embeddings and isolates, lone surrogates, noncharacters and
    /// other invisible characters. Three kinds stay where they have an effect: joiners after a virama, after an Arabic letter, and between
    /// letters or emoji; direction marks, but for repeated ones and those inside a Latin word; variation selectors and flag tags in a
    /// well-formed emoji or sign.
    /// </summary>
    public static string Remove(string text)
    {
        var runes = VisibleRunes(text);
        var kept = new StringBuilder(text.Length);
        Rune before = default;
        for (var i = 0; i < runes.Count; i++)
        {
            var rune = runes[i];
            var after = i + 1 < runes.Count ? runes[i + 1] : default;
            if (!MayStay(rune, before, after))
                continue;

            kept.Append(rune.ToString());
            before = rune;
            for (var tags = FlagTags(runes, i); tags > 0; tags--)
                kept.Append((before = runes[++i]).ToString());
        }

        return kept.ToString();
    }

    /// <summary>Cuts every run of combining marks to <see cref="MostMarks"/>. Variation selectors do not count.</summary>
    public static string LimitCombiningMarks(string text)
    {
        var kept = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsSelector(rune.Value) && !IsJoiner(rune.Value))
                marks = IsMark(rune) ? marks + 1 : 0;
            if (marks <= MostMarks || !IsMark(rune) || IsSelector(rune.Value))
                kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    /// <summary>Whether the text has no visible character.</summary>
    public static bool IsBlank(string text) =>
        text.EnumerateRunes().All(rune => !IsVisible(rune) || IsHidden(rune) || HasConditions(rune.Value));

    private static List<Rune> VisibleRunes(string text)
    {
        var runes = new List<Rune>(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var wellFormed = Rune.DecodeFromUtf16(rest, out var rune, out var used) is System.Buffers.OperationStatus.Done;
            if (wellFormed && !IsHidden(rune))
                runes.Add(rune);
            rest = rest[used..];
        }

        return runes;
    }

    private static bool MayStay(Rune rune, Rune before, Rune after) => rune.Value switch
    {
        var joiner when IsJoiner(joiner) => NfcNormalizer.IsVirama(before.Value) || IsArabic(before)
            || (IsJoinable(before) && IsJoinable(after) && !HasConditions(after.Value)),
        var mark when IsDirectionMark(mark) =>
            before.Value != mark && !(before.IsAscii && Rune.IsLetter(before) && after.IsAscii && Rune.IsLetter(after)),
        var selector when IsSelector(selector) =>
            IsVisible(before) && !HasConditions(before.Value) && (selector < 0xE0100 || before.Value >= 0x3400),
        var tag when IsTag(tag) => false,
        _ => true,
    };

    /// <returns>How many tag characters after a black flag make it the flag of a region; 0 when they do not.</returns>
    private static int FlagTags(List<Rune> runes, int flag)
    {
        if (runes[flag].Value is not BlackFlag)
            return 0;
        var end = flag + 1;
        while (end < runes.Count && end - flag <= 7 && IsTag(runes[end].Value) && runes[end].Value is not EndOfTag)
            end++;
        return end - flag is >= 4 and <= 7 && end < runes.Count && runes[end].Value is EndOfTag ? end - flag : 0;
    }

    private static bool IsHidden(Rune rune) => rune.Value switch
    {
        '\t' or '\n' => false,
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2065 or 0x3164 or 0xFFA0 => true,
        >= 0xFFF0 and <= 0xFFF8 => true,
        >= 0xFDD0 and <= 0xFDEF => true,
        >= 0xE0000 and <= 0xE0FFF and var ignorable => !IsTag(ignorable) && !IsSelector(ignorable),
        // Visible, although their category is Format.
        >= 0x0600 and <= 0x0605 or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD => false,
        >= 0x13430 and <= 0x1343F => false,
        var other when (other & 0xFFFE) is 0xFFFE => true,
        var other when HasConditions(other) => false,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format,
    };

    private static bool HasConditions(int rune) => IsJoiner(rune) || IsDirectionMark(rune) || IsSelector(rune) || IsTag(rune);

    private static bool IsJoiner(int rune) => rune is NonJoiner or Joiner;

    private static bool IsDirectionMark(int rune) => rune is 0x200E or 0x200F or 0x061C;

    private static bool IsSelector(int rune) =>
        rune is >= 0x180B and <= 0x180D or 0x180F or >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF;

    private static bool IsTag(int rune) => rune is >= 0xE0020 and <= EndOfTag;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsVisible(Rune rune) => rune.Value is not 0 && !Rune.IsWhiteSpace(rune);

    /// <summary>Arabic and the scripts that join as it does: Syriac, Thaana, N'Ko.</summary>
    private static bool IsArabic(Rune rune) => rune.Value is >= 0x0600 and <= 0x08FF && (Rune.IsLetter(rune) || IsMark(rune));

    private static bool IsJoinable(Rune rune) => Rune.IsLetter(rune) || IsMark(rune) || rune.Value is EndOfTag or >= 0x1F3FB and <= 0x1F3FF
        || (rune.Value > 0x2000 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol);
}
