using ArmTwitch.Mail;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>
/// One key for all spellings of an address that reach the same mailbox, as far as the rules of its provider are known. For rate limits
/// only: mail goes to the address as typed.
/// </summary>
public static class MailboxKey
{
    private const string Gmail = "gmail.com", Proton = "proton.me";

    /// <summary>
    /// What a provider ignores in the local part (support.google.com/mail/answer/7436150; proton.me/support/addresses-and-aliases).
    /// </summary>
    private static readonly Dictionary<string, (string Domain, string Ignored)> Providers = new(StringComparer.Ordinal)
    {
        ["gmail.com"] = (Gmail, "."),
        ["googlemail.com"] = (Gmail, "."),
        ["proton.me"] = (Proton, ".-_"),
        ["protonmail.com"] = (Proton, ".-_"),
        ["pm.me"] = (Proton, ".-_"),
    };

    /// <summary>The address in lower case, without its +tag (RFC 5233) and without what its provider ignores.</summary>
    public static string KeyOf(EmailAddress address)
    {
        var at = address.Key.LastIndexOf('@');
        var (local, domain) = (address.Key[..at], address.Key[(at + 1)..]);
        if (local.IndexOf('+', StringComparison.Ordinal) is > 0 and var tag)
            local = local[..tag];
        if (!Providers.TryGetValue(domain, out var provider))
            return $"{local}@{domain}";
        return $"{string.Concat(local.Where(letter => !provider.Ignored.Contains(letter, StringComparison.Ordinal)))}@{provider.Domain}";
    }
}
