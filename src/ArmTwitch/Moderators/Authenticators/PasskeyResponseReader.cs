using System.Text.Json;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>Reads what a browser sends back of a passkey. What is no answer to a question we asked is refused, not an error.</summary>
internal static class PasskeyResponseReader
{
    /// <summary>How long a name a person may give to a passkey.</summary>
    public const int LongestName = 60;

    public static async Task<bool> SignInAsync(SignInService signIn, string? credential)
    {
        try
        {
            return credential is { Length: > 0 } && (await signIn.PasskeySignInAsync(credential)).Succeeded;
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or JsonException or PasskeyException)
        {
            return false;
        }
    }

    /// <returns>A passkey and the account it was made for; null when it cannot be believed.</returns>
    public static async Task<(UserPasskeyInfo Passkey, Guid Owner)?> ReadAsync(SignInService signIn, string? credential, string name)
    {
        try
        {
            if (credential is not { Length: > 0 } || await signIn.PerformPasskeyAttestationAsync(credential) is not { Succeeded: true } made
                || !Guid.TryParse(made.UserEntity.Id, out var owner))
                return null;
            made.Passkey.Name = name;
            return (made.Passkey, owner);
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or JsonException or PasskeyException)
        {
            return null;
        }
    }
}
