using ArmTwitch.Pages;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>Makes of a row what mail programs read. The same row makes the same mail, with the same Message-ID.</summary>
public sealed class MailMessages(IOptions<MailOptions> options, Site site)
{
    private MailboxAddress From => MailboxAddress.TryParse(options.Value.From, out var from) ? from : new MailboxAddress(site.Name, $"no-reply@{new Uri(site.Origin).Host}");

    /// <summary>What stands behind the @ of a Message-ID.</summary>
    public string Domain => MailboxAddress.EncodeAddrspec(From.Address).Split('@')[^1];

    /// <exception cref="FormatException">A row that no mail can be made of.</exception>
    public MimeMessage Make(OutgoingMail mail)
    {
        if (!MailDraft.IsAddress(mail.To) || mail.Subject.Any(char.IsControl))
            throw new FormatException("The address or the subject is not fit for a mail");
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = mail.QueuedAt,
            MessageId = mail.MessageId,
            Body = new MultipartAlternative(
                new TextPart("plain") { Text = mail.Text, ContentTransferEncoding = ContentEncoding.QuotedPrintable },
                new TextPart("html") { Text = mail.Html, ContentTransferEncoding = ContentEncoding.QuotedPrintable }),
        };
        message.From.Add(From);
        message.To.Add(new MailboxAddress("", mail.To));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (mail.UnsubscribeAddress is { } address)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{address}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        return message;
    }
}
