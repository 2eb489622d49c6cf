using System.Globalization;
using System.Text;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>The codes that sign a moderator in once each, when the app or the passkey is lost.</summary>
internal static class RecoveryCodeSet
{
    public const int Count = 10;

    private const int Half = 5;

    /// <returns>New recovery codes; those of before do not work any more. None when the account was changed in the same moment.</returns>
    public static async Task<IReadOnlyList<string>> MakeAsync(UserManager<Moderator> users, Moderator moderator) =>
        [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(moderator, Count) ?? []];

    /// <summary>
    /// A recovery code as it is kept, whatever the case, the width and the digits it was typed in, with or without its dash.
    /// </summary>
    public static string Normalize(string typed)
    {
        var letters = new string([.. typed.EnumerateRunes().Select(Plain).Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        return letters.Length is 2 * Half ? $"{letters[..Half]}-{letters[Half..]}" : letters;
    }

    /// <summary>The ASCII letter or digit that a keyboard of another script means.</summary>
    private static char Plain(Rune typed)
    {
        const int fullWidth = 0xFF01 - '!';
        return Rune.GetUnicodeCategory(typed) is UnicodeCategory.DecimalDigitNumber ? (char)('0' + (int)Rune.GetNumericValue(typed))
            : typed.Value is >= 0xFF21 and <= 0xFF5A ? (char)(typed.Value - fullWidth)
            : typed.IsAscii ? (char)typed.Value
            : ' ';
    }
}
