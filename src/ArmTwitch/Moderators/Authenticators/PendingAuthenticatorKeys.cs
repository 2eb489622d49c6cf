using System.Security.Cryptography;
using ArmTwitch.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>Keeps the key of a new authenticator app in the form, encrypted, so that opening the form changes nothing.</summary>
internal sealed class PendingAuthenticatorKeys(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("ArmTwitch.Moderators.AuthenticatorKey")
        .ToTimeLimitedDataProtector();

    /// <param name="given">The key that the form sent back, which an app may have already; null for a new one.</param>
    public (string Key, string Protected) Offer(UserManager<Moderator> users, string? given = null)
    {
        if (Read(given) is { } known)
            return (known, given!);
        var key = users.GenerateNewAuthenticatorKey();
        return (key, protector.Protect(key, Life));
    }

    /// <returns>Null when the text is forged or too old.</returns>
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
