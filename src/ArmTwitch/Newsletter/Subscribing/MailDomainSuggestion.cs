using ArmTwitch.Articles;
using ArmTwitch.Mail;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Suggests a well-known domain when a typed one is probably a slip of it. It says nothing about who has subscribed.</summary>
public static class MailDomainSuggestion
{
    /// <summary>Shorter domains have too many neighbours.</summary>
    private const int ShortestDomain = 4;

    /// <summary>Common domains, and rare ones that look like a slip of a common one.</summary>
    private static readonly string[] KnownDomains =
    [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "ymail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.com",
        "live.co.uk", "msn.com", "icloud.com",
        "me.com", "mac.com", "aol.com", "btinternet.com", "sky.com", "virginmedia.com", "talktalk.net", "proton.me", "protonmail.com",
        "gmx.com", "gmx.net", "gmx.de", "web.de",
        "t-online.de", "mail.com", "email.com", "fastmail.com", "hey.com", "zoho.com", "orange.fr", "wanadoo.fr", "free.fr", "libero.it",
    ];

    /// <returns>Null when the domain looks right.</returns>
    public static string? For(EmailAddress address)
    {
        var domain = address.Key[(address.Key.LastIndexOf('@') + 1)..];
        return domain.Length < ShortestDomain || IsKnown(domain) ? null : SpellingSuggestion.Closest(domain, KnownDomains);
    }

    /// <summary>Whether <see cref="For"/> could return it.</summary>
    public static bool IsKnown(string? domain) => KnownDomains.Contains(domain);
}
