using System.Text.RegularExpressions;
using MimeKit;

namespace ArmTwitch.Newsletter;

/// <summary>What a mail server reports about a mail of ours: that it came back (RFC 3464), or that its recipient complained (RFC 5965).</summary>
/// <param name="MessageId">The Message-ID of our mail. Only who got the mail can know it, so a made-up report hits nobody.</param>
/// <param name="Recipient">The address the report speaks of; null when it leaves it out, as most complaints do.</param>
/// <param name="Status">The enhanced status (RFC 3463); null for a complaint.</param>
internal sealed partial record BounceReport(string MessageId, string? Recipient, string? Status, bool IsComplaint)
{
    /// <returns>What the mail reports; nothing when it is another kind of mail, or only says that delivery takes longer.</returns>
    public static IReadOnlyList<BounceReport> Of(MimeMessage message)
    {
        if (message.Body is not Multipart report || OriginalId(report) is not { } id)
            return [];
        if (report.OfType<MessageFeedbackReport>().FirstOrDefault() is { } feedback)
        {
            return feedback.Fields["Feedback-Type"]?.Trim().Equals("abuse", StringComparison.OrdinalIgnoreCase) is true
                ? [new BounceReport(id, Address(feedback.Fields["Original-Rcpt-To"]), null, IsComplaint: true)] : [];
        }

        return report.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } delivery
            ? [.. from recipient in delivery.StatusGroups.Skip(1)
                  where recipient["Action"]?.Trim().Equals("failed", StringComparison.OrdinalIgnoreCase) is true
                  select new BounceReport(id, Address(recipient["Original-Recipient"] ?? recipient["Final-Recipient"]), StatusOf(recipient["Status"]), IsComplaint: false)]
            : [];
    }

    /// <returns>Null also for one that is none: anybody can send a report.</returns>
    private static string? StatusOf(string? field) => field is not null && EnhancedStatus().Match(field) is { Success: true } status ? status.Groups[1].Value : null;

    private static string? OriginalId(Multipart report)
    {
        foreach (var part in report)
        {
            switch (part)
            {
                case MessagePart { Message.MessageId: { Length: > 0 } id }:
                    return id;
                case TextPart headers when headers.ContentType.IsMimeType("text", "rfc822-headers"):
                    using (var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(headers.Text + "\r\n\r\n")))
                        return MimeMessage.Load(text).MessageId;
            }
        }

        return null;
    }

    /// <summary>"rfc822; ada@example.org" and "&lt;ada@example.org&gt;" both mean the address.</summary>
    private static string? Address(string? field) =>
        field is not null && MailboxAddress.TryParse(field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim(), out var mailbox) ? mailbox.Address : null;

    [GeneratedRegex(@"^\s*([245]\.\d{1,3}\.\d{1,3})\b", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedStatus();
}
