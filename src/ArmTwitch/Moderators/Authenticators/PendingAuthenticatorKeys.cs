using System.Security.Cryptography;
using ArmTwitch.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>Keys of authenticator apps that are offered in a form and not yet kept, so that looking at the form changes nothing.</summary>
internal sealed class PendingAuthenticatorKeys(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("ArmTwitch.Moderators.AuthenticatorKey")
        .ToTimeLimitedDataProtector();

    /// <param name="given">What came back with the form, for an app that has the key already; null for a new one.</param>
    public (string Key, string Protected) Offer(UserManager<Moderator> users, string? given = null)
    {
        if (Read(given) is { } known)
            return (known, given!);
        var key = users.GenerateNewAuthenticatorKey();
        return (key, protector.Protect(key, Life));
    }

    /// <returns>Null when the text is none of ours or too old.</returns>
    public string? Read(string? given)
    {
        try
        {
            return given is null ? null : protector.Unprotect(given);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
