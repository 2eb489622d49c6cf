using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using MimeKit;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>One address that a mail can be sent to: no name before it, no second one behind it, no header in it.</summary>
public sealed partial record EmailAddress
{
    /// <summary>The longest path of SMTP without its angle brackets (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64, MaxLabelLength = 63, LetterToTell = 4;

    /// <summary>Domains that many people have an address at, and some that only look like a slip of them.</summary>
    private static readonly string[] KnownDomains =
    [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "ymail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.com",
        "live.co.uk", "msn.com", "icloud.com",
        "me.com", "mac.com", "aol.com", "btinternet.com", "sky.com", "virginmedia.com", "talktalk.net", "proton.me", "protonmail.com",
        "gmx.com", "gmx.net", "gmx.de", "web.de",
        "t-online.de", "mail.com", "email.com", "fastmail.com", "hey.com", "zoho.com", "orange.fr", "wanadoo.fr", "free.fr", "libero.it",
    ];

    private EmailAddress(string text, string key) => (Text, Key) = (text, key);

    /// <summary>As it was typed, without what cannot be seen at its ends, an international domain in its own letters.</summary>
    public string Text { get; }

    /// <summary>The one spelling of all that reach the same mailbox.</summary>
    public string Key { get; }

    /// <summary>
    /// The well-known domain that was probably meant, when the typed one is a slip of it; else null. It says nothing about whom we know.
    /// </summary>
    public string? LikelyDomain
    {
        get
        {
            var domain = Key[(Key.LastIndexOf('@') + 1)..];
            return domain.Length < LetterToTell || KnownDomains.Contains(domain) ? null : SpellingSuggestion.Closest(domain, KnownDomains);
        }
    }

    /// <summary>Whether <see cref="LikelyDomain"/> could be that.</summary>
    public static bool IsKnownDomain(string? domain) => KnownDomains.Contains(domain);

    public static bool TryParse(string? typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        var text = Tidied(typed ?? "");
        if (text.Length is 0 or > MaxLength || !Form().IsMatch(text)
            || !MailboxAddress.TryParse(text, out var mailbox) || !MailDraft.IsAddress(mailbox.Address))
            return false;
        if (text.LastIndexOf('@') > MaxLocalLength || !TryEncode(text, out var key)
            || key.Length > MaxLength || SuppressionList.Normalize(mailbox.Address) != key)
            return false;
        var labels = key[(key.LastIndexOf('@') + 1)..].Split('.');
        if (labels.Length < 2 || labels[^1].All(char.IsAsciiDigit) || !labels.All(IsLabel))
            return false;
        address = new EmailAddress(mailbox.Address, key);
        return true;
    }

    public override string ToString() => Text;

    /// <summary>
    /// As its owner writes it, whatever keyboard or page it was copied from. Empty when the domain has letters that a domain cannot have.
    /// </summary>
    private static string Tidied(string typed)
    {
        var (start, end) = (0, typed.Length);
        while (start < end && IsInvisible(typed[start]))
            start++;
        while (end > start && IsInvisible(typed[end - 1]))
            end--;
        var text = typed[start..end].Replace('\uFF20', '@');
        var at = text.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(text))
            return text;
        var domain = text[(at + 1)..];
        return (Ascii.IsValid(domain) ? domain : IdnMapper.Map(domain)) is { } mapped
            ? $"{NfcNormalizer.Compose(text[..at])}@{mapped}"
            : "";
    }

    /// <summary>
    /// What comes along when an address is copied: spaces of all kinds, marks of direction and of width, a byte order mark.
    /// </summary>
    private static bool IsInvisible(char letter) =>
        char.IsWhiteSpace(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format
        || letter is '\u034F' or '\u115F' or '\u1160' or '\u2800' or '\u3164' or '\uFFA0' or (>= '\uFE00' and <= '\uFE0F');

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength && label[0] != '-' && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-');

    private static bool TryEncode(string text, out string key)
    {
        try
        {
            key = MailboxAddress.EncodeAddrspec(text).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            // A domain that IDNA knows no spelling of.
            key = "";
            return false;
        }
    }

    /// <summary>
    /// A dot-atom (RFC 5322, 3.2.3), letters of any script allowed (RFC 6532), and a domain with a dot; no quotes, comments or spaces.
    /// </summary>
    [GeneratedRegex(@"^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(\.[\w-]+)+\z")]
    private static partial Regex Form();
}
