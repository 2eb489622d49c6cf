using ArmTwitch.Data;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>Recovery codes: each signs a moderator in once, when the app or the passkey is lost.</summary>
internal static class RecoveryCodeSet
{
    public const int Count = 10;

    /// <summary>The name under which Identity stores them.</summary>
    internal const string TokenName = "RecoveryCodes";

    private const int Half = 5;

    /// <returns>New recovery codes; the old ones no longer work. None when the account was changed at the same moment.</returns>
    public static async Task<IReadOnlyList<string>> MakeAsync(UserManager<Moderator> users, Moderator moderator) =>
        [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(moderator, Count) ?? []];

    /// <summary>
    /// Turns a typed recovery code into the form in which it is stored. Case, width, script of the digits and the dash do not matter.
    /// </summary>
    public static string Normalize(string typed)
    {
        var letters = TypedCode.LettersAndDigits(typed).ToUpperInvariant();
        return letters.Length is 2 * Half ? $"{letters[..Half]}-{letters[Half..]}" : letters;
    }
}
