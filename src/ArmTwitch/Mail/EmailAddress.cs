using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Mail.Transports;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>A checked e-mail address: one bare address, without a name, a second address or a header.</summary>
public sealed partial record EmailAddress
{
    /// <summary>The longest path of SMTP without its angle brackets (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64, MaxLabelLength = 63;

    private EmailAddress(string text, string key) => (Text, Key) = (text, key);

    /// <summary>As typed, without invisible characters at its ends. An international domain keeps its own letters.</summary>
    public string Text { get; }

    /// <summary>See <see cref="Normalize"/>.</summary>
    public string Key { get; }

    /// <summary>
    /// Whether a mail can be sent to it: one bare address without a line break. It accepts more than <see cref="TryParse"/>, because an
    /// operator, or a row written by an older version, may have an address that no form would accept.
    /// </summary>
    public static bool CanReceive(string text) =>
        !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && mailbox.Domain.Length > 0;

    /// <summary>One spelling for all that reach the same mailbox: lower case, NFC, and the domain in Punycode.</summary>
    public static string Normalize(string address)
    {
        var bare = NfcNormalizer.Compose(Narrow(address.Trim()).ToLowerInvariant());
        if (!Ascii.IsValid(bare) && bare.LastIndexOf('@') is > 0 and var at && IdnMapper.Map(bare[(at + 1)..]) is { } domain)
            bare = $"{bare[..at]}@{domain}";
        return MailboxAddress.TryParse(bare, out var mailbox) && mailbox.Domain.Length > 0
            ? MailboxAddress.EncodeAddrspec(mailbox.Address)
            : bare;
    }

    /// <summary>Reads an address as a person types or copies it into a form.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        var text = Tidy(typed ?? "");
        if (text.Length is 0 or > MaxLength || !Form().IsMatch(text)
            || !MailboxAddress.TryParse(text, out var mailbox) || !CanReceive(mailbox.Address))
            return false;
        if (text.LastIndexOf('@') > MaxLocalLength || !TryEncode(text, out var key)
            || key.Length > MaxLength || Normalize(mailbox.Address) != key)
            return false;
        var labels = key[(key.LastIndexOf('@') + 1)..].Split('.');
        if (labels.Length < 2 || labels[^1].All(char.IsAsciiDigit) || !labels.All(IsLabel))
            return false;
        address = new EmailAddress(mailbox.Address, key);
        return true;
    }

    public override string ToString() => Text;

    /// <summary>
    /// Removes what keyboards and copying add, such as full-width letters. Empty when the domain has characters that no domain can have.
    /// </summary>
    private static string Tidy(string typed)
    {
        var (start, end) = (0, typed.Length);
        while (start < end && IsInvisible(typed[start]))
            start++;
        while (end > start && IsInvisible(typed[end - 1]))
            end--;
        var text = Narrow(typed[start..end]);
        var at = text.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(text))
            return text;
        var domain = text[(at + 1)..];
        return (Ascii.IsValid(domain) ? domain : IdnMapper.Map(domain)) is { } mapped
            ? $"{NfcNormalizer.Compose(text[..at])}@{mapped}"
            : "";
    }

    private static string Narrow(string text) => string.Concat(text.Select(FullWidth.ToAscii));

    /// <summary>
    /// Characters that are copied along with an address: spaces of all kinds, direction and joining marks, a byte order mark.
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
            // IDNA refuses the domain.
            key = "";
            return false;
        }
    }

    /// <summary>
    /// A dot-atom (RFC 5322, 3.2.3) with letters of any script (RFC 6532), and a domain with a dot; no quotes, comments or spaces.
    /// </summary>
    [GeneratedRegex(@"^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(\.[\w-]+)+\z")]
    private static partial Regex Form();
}
