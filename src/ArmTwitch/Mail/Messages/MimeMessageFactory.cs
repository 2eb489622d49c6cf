using System.Buffers;
using System.Net;
using ArmTwitch.Mail.Transports;
using ArmTwitch.Pages;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ArmTwitch.Mail.Messages;

/// <summary>Makes a MIME message of a row. The same row always makes the same message, with the same Message-ID.</summary>
public sealed class MimeMessageFactory(IOptions<MailOptions> options, Site site)
{
    /// <summary>In characters (RFC 5322, 2.1.1).</summary>
    private const int LongestLine = 998;

    private static readonly SearchValues<char> PlainSigns = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(sign => (char)sign), '\n', '\t']);

    private MailboxAddress From =>
        MailboxAddress.TryParse(options.Value.From, out var from)
            ? from
            : new MailboxAddress(site.Name, $"no-reply@{new Uri(site.Origin).Host}");

    /// <summary>The domain of Message-IDs.</summary>
    private string Domain => MailboxAddress.EncodeAddrspec(From.Address).Split('@')[^1];

    /// <summary>The Message-ID of a row.</summary>
    public string IdFor(Guid mail) => $"{mail:N}@{Domain}";

    /// <param name="mailing">What the mail is a copy of; null when it has a text of its own.</param>
    /// <exception cref="FormatException">The address or the subject is invalid.</exception>
    public MimeMessage Create(OutgoingMail mail, Mailing? mailing = null)
    {
        var subject = mailing?.Subject ?? mail.Subject;
        if (!EmailAddress.CanReceive(mail.To) || subject.Any(char.IsControl))
            throw new FormatException("The address or the subject is not fit for a mail");
        var message = new MimeMessage
        {
            Subject = subject,
            Date = mailing?.StartedAt ?? mail.QueuedAt,
            MessageId = mail.MessageId,
            Body = new MultipartAlternative(
                Part("plain", mailing is null ? mail.Text : FillPlaceholders(mailing.Text, mail, address => address)),
                Part("html", mailing is null ? mail.Html : FillPlaceholders(mailing.Html, mail, WebUtility.HtmlEncode))),
        };
        message.From.Add(From);
        // With the domain in Punycode only a local part beyond ASCII needs SMTPUTF8.
        var domainAt = mail.To.LastIndexOf('@') + 1;
        var to = mail.To[..domainAt] + (IdnMapper.Map(mail.To[domainAt..]) ?? mail.To[domainAt..]);
        message.To.Add(new MailboxAddress("", MailboxAddress.EncodeAddrspec(to)));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (mailing is not null)
            message.Headers.Add(HeaderId.ListId, mailing.ListId);
        if (mail.UnsubscribeAddress is { } address)
        {
            message.Headers.Add(
                HeaderId.ListUnsubscribe,
                mailing?.UnsubscribeMailbox is { } mailbox ? $"<{address}>, <mailto:{mailbox}?subject=unsubscribe>" : $"<{address}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        return message;
    }

    /// <summary>Plain ASCII stays unencoded, so that people can read the file and copy a link from it.</summary>
    private static TextPart Part(string kind, string text) =>
        new(kind) { Text = text, ContentTransferEncoding = IsPlain(text) ? ContentEncoding.SevenBit : ContentEncoding.QuotedPrintable };

    private static bool IsPlain(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(PlainSigns))
            return false;
        foreach (var line in text.AsSpan().Split('\n'))
        {
            if (line.End.Value - line.Start.Value > LongestLine)
                return false;
        }

        return true;
    }

    private static string FillPlaceholders(string text, OutgoingMail mail, Func<string, string> encode) =>
        text.Replace(Mailing.UnsubscribePlaceholder, encode(mail.UnsubscribeAddress ?? ""), StringComparison.Ordinal)
            .Replace(Mailing.ManagePlaceholder, encode(mail.ManageAddress ?? ""), StringComparison.Ordinal);
}
