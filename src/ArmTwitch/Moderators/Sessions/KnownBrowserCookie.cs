using System.Buffers.Text;
using System.Security.Cryptography;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.DataProtection;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>
/// Knows a browser again in which somebody has signed in to an account, by a signed cookie for moderation alone. Nothing is kept of it
/// here. Whoever tries passwords from elsewhere cannot lock such a browser out (OWASP, Slow Down Online Guessing Attacks with Device
/// Cookies).
/// </summary>
public sealed class KnownBrowserCookie(IDataProtectionProvider protection, IHostEnvironment environment)
{
    /// <summary>Since the last sign-in.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(180);

    private const int NumberLength = 16;

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("ArmTwitch.Moderators.KnownBrowser")
        .ToTimeLimitedDataProtector();

    /// <summary>
    /// The prefix makes the browser hold the cookie to https (RFC 6265bis, 4.1.3.1); the other prefix would send it with readers' pages,
    /// too.
    /// </summary>
    private string Name => environment.IsDevelopment() ? "known-browser" : "__Secure-known-browser";

    /// <summary>Gives the browser a new number, known for the account that has just signed in.</summary>
    public void Remember(HttpContext http, string email)
    {
        byte[] content = [.. RandomNumberGenerator.GetBytes(NumberLength), .. PasswordAttemptLimiter.AccountOf(email)];
        http.Response.Cookies.Append(Name, Base64Url.EncodeToString(protector.Protect(content, Life)), new CookieOptions
        {
            HttpOnly = true,
            Secure = !environment.IsDevelopment() || http.Request.IsHttps,
            SameSite = SameSiteMode.Strict,
            Path = "/moderation",
            MaxAge = Life,
        });
    }

    /// <returns>The number of the browser; null when the account has not signed in there, or the cookie is none of ours.</returns>
    public byte[]? NumberOf(HttpContext http, string email)
    {
        try
        {
            return http.Request.Cookies[Name] is { } cookie
                && protector.Unprotect(Base64Url.DecodeFromChars(cookie)) is var content
                && content.AsSpan(NumberLength).SequenceEqual(PasswordAttemptLimiter.AccountOf(email))
                    ? content[..NumberLength]
                    : null;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
