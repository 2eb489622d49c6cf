using System.Globalization;
using System.Text;

namespace ArmTwitch.Phrases;

/// <summary>
/// Reads letters that only look unusual as those of the English alphabet: mathematical, circled and raised ones, those of other alphabets
/// that look alike, and those with marks. Invisible characters go.
/// </summary>
internal static class PlainLetters
{
    private const string Unusual = "ℎℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨℂℍℕℙℚℝℤℓᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ";
    private const string Usual = "hbefhilmregochirzchnpqrzlabcdefghijklmnoprstuvwxyzabcdefghijklmnoprstuvwyz";

    /// <summary>Cyrillic and Greek letters among English ones.</summary>
    private const string Alike = "аеосрухіјѕкԁһӏοικαρυ", Meant = "aeocpyxijskdhloikapu";

    /// <param name="decomposed">In Unicode's form D.</param>
    public static string Of(string decomposed)
    {
        var isEnglish = decomposed.Any(char.IsAsciiLetter);
        var plain = new StringBuilder(decomposed.Length);
        foreach (var rune in CharacterFolding.Fold(decomposed).Text.EnumerateRunes())
        {
            if (IsUnseen(rune))
                continue;
            if ((LetterOf(rune.Value) ?? (isEnglish ? Find(Alike, Meant, Rune.ToLowerInvariant(rune).Value) : null)) is { } letter)
                plain.Append(letter);
            else
                plain.Append(rune.ToString());
        }

        return plain.ToString();
    }

    private static bool IsUnseen(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static char? LetterOf(int rune) => rune switch
    {
        // Mathematical alphabets, one behind the other, each with its capital letters first.
        >= 0x1D400 and <= 0x1D6A3 => Nth(rune - 0x1D400),
        // In brackets, and in circles.
        >= 0x249C and <= 0x24B5 => Nth(rune - 0x249C),
        >= 0x24B6 and <= 0x24E9 => Nth(rune - 0x24B6),
        // In squares and black circles: every alphabet begins 32 signs after the one before it.
        >= 0x1F130 and <= 0x1F189 when (rune - 0x1F130) % 32 is < 26 and var place => Nth(place),
        // Of which two make a flag.
        >= 0x1F1E6 and <= 0x1F1FF => Nth(rune - 0x1F1E6),
        _ => Find(Unusual, Usual, rune),
    };

    private static char Nth(int letter) => (char)('a' + (letter % 26));

    private static char? Find(string signs, string letters, int rune) =>
        rune <= char.MaxValue && signs.IndexOf((char)rune, StringComparison.Ordinal) is >= 0 and var at ? letters[at] : null;
}
