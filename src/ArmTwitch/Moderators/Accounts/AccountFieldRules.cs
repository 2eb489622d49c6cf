using System.Text;
using ArmTwitch.Data.UnicodeForms;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>What may be typed into the fields of an account.</summary>
internal static class AccountFieldRules
{
    public const int ShortestPassword = 12, LongestPassword = 256;

    private const int LongestPasskeyName = 60;

    /// <returns>The name as it is stored; null when it is not valid.</returns>
    public static string? ReadName(string? text) =>
        text is not null && IsValid(text)
        && NfcNormalizer.Compose(text).Trim() is { Length: > 0 and <= InvitationService.LongestName } name
        && !name.Any(char.IsControl)
            ? name
            : null;

    /// <returns>The name as it is stored; a general one when it is not valid.</returns>
    public static string ReadPasskeyName(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestPasskeyName } name && !name.Any(char.IsControl) ? name : "Passkey";

    /// <returns>What is wrong with a new password; null when nothing is.</returns>
    public static string? PasswordFault(string? password) => password switch
    {
        null or { Length: < ShortestPassword } =>
            $"Choose a password of at least {ShortestPassword} characters. Four unrelated words do well.",
        { Length: > LongestPassword } => $"Choose a password of at most {LongestPassword} characters",
        _ when password.Distinct().Count() < 4 => "Choose a password with more than three different characters",
        _ => null,
    };

    /// <summary>Half of a surrogate pair cannot be normalized or stored.</summary>
    private static bool IsValid(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
