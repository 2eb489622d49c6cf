using System.Security.Cryptography;
using ArmTwitch.Data.Availability;
using Microsoft.AspNetCore.DataProtection;

namespace ArmTwitch.Newsletter;

/// <summary>
/// Takes what was typed from a sign-up form to the page that says "check your inbox", without a cookie. It stands in the address of that
/// page, encrypted, so that no log of a proxy and no history of a browser holds an e-mail address.
/// </summary>
internal sealed partial class CheckInboxLink(IDataProtectionProvider protection, ILogger<CheckInboxLink> logger)
{
    /// <summary>As long as the code of the mail can be typed.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>Addresses are filled up to a multiple of this, so that the length tells little of them.</summary>
    private const int Block = 64;

    private const char Separator = '\n';

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("check-inbox").ToTimeLimitedDataProtector();

    /// <param name="email">As typed.</param>
    /// <param name="page">The page of the form.</param>
    /// <returns>For the query of the address; null when the keys cannot be read: the page works without.</returns>
    public string? Write(string email, string page)
    {
        var text = $"{email}{Separator}{page}";
        try
        {
            return protector.Protect(text.PadRight((text.Length + Block - 1) / Block * Block), Life);
        }
        catch (Exception failed) when (failed is CryptographicException || DatabaseFailureClassifier.IsOutage(failed))
        {
            LogNotKept(DatabaseFailureClassifier.CodeOf(failed));
            return null;
        }
    }

    /// <returns>Empty texts when the value is not ours, or too old.</returns>
    public (string Email, string Page) Read(string? value)
    {
        try
        {
            return string.IsNullOrEmpty(value) ? ("", "")
                : protector.Unprotect(value).TrimEnd().Split(Separator) is [var email, var page] ? (email, page) : ("", "");
        }
        catch (Exception failed) when (failed is CryptographicException or FormatException || DatabaseFailureClassifier.IsOutage(failed))
        {
            return ("", "");
        }
    }

    [LoggerMessage(LogLevel.Warning, "The page after a sign-up does not know its address: {Failure}")]
    private partial void LogNotKept(string failure);
}
