using System.Buffers.Text;
using System.Security.Cryptography;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.DataProtection;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>
/// Recognizes a browser in which somebody has signed in to an account, by an encrypted cookie that only moderation gets. The server stores
/// nothing. Attempts from other browsers do not lock such a browser out (OWASP, Slow Down Online Guessing Attacks with Device Cookies).
/// </summary>
public sealed class KnownBrowserCookie(IDataProtectionProvider protection, IHostEnvironment environment)
{
    /// <summary>How long the browser is known after the last sign-in.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(180);

    private const int NumberLength = 16;

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("ArmTwitch.Moderators.KnownBrowser")
        .ToTimeLimitedDataProtector();

    /// <summary>
    /// The prefix <c>__Secure-</c> restricts the cookie to https (RFC 6265bis, 4.1.3.1). <c>__Host-</c> would send it with readers' pages
    /// too.
    /// </summary>
    private string Name => environment.IsDevelopment() ? "known-browser" : "__Secure-known-browser";

    /// <summary>Gives the browser a new number for the account that has just signed in.</summary>
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

    /// <returns>The number of the browser; null when the account has not signed in there, or the cookie is forged.</returns>
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
