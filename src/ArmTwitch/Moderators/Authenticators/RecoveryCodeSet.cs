using ArmTwitch.Data;
using ArmTwitch.Pages.Forms;
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
        var letters = TypedCode.LettersAndDigits(typed).ToUpperInvariant();
        return letters.Length is 2 * Half ? $"{letters[..Half]}-{letters[Half..]}" : letters;
    }
}
