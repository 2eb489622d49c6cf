using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Sending;
using MimeKit;

namespace ArmTwitch.Newsletter.Bounces;

internal enum BounceKind
{
    /// <summary>The mail was not delivered (RFC 3464).</summary>
    Returned,

    /// <summary>The recipient called it spam (RFC 5965).</summary>
    Complaint,

    /// <summary>The recipient unsubscribed through their provider.</summary>
    OptOut,
}

/// <summary>What a mail server reports about a mail of ours.</summary>
/// <param name="MessageIds">
/// Candidates for the Message-ID of our mail. Only a recipient can know it, so a forged report has no effect.
/// </param>
/// <param name="Recipients">The possible decodings of Original-Recipient, the address that we wrote to; empty without it.</param>
/// <param name="Status">The enhanced status (RFC 3463); null when there is none.</param>
/// <param name="Words">The answer of the server that refused the mail; null when it is missing.</param>
internal sealed partial record BounceReport(
    BounceKind Kind, IReadOnlyList<string> MessageIds, IReadOnlyList<string> Recipients, string? Status = null, string? Words = null)
{
    /// <summary>A header that Microsoft adds to the original mail, which it returns without a report.</summary>
    private const string HotmailComplaint = "X-HmXmrOriginalRecipient";

    public DeliveryFailure Failure => EnhancedStatusCode.FailureOf(Status, Words);

    /// <summary>
    /// False when the report names another recipient. In a complaint the recipient may be redacted (RFC 6590) and is ignored.
    /// </summary>
    public bool MayBeAbout(string to) =>
        Recipients.Count is 0 || Recipients.Any(one => EmailAddress.Normalize(one) == EmailAddress.Normalize(to));

    /// <returns>The reports in the mail; none when it is another kind of mail, or only announces a delay.</returns>
    public static IReadOnlyList<BounceReport> Parse(MimeMessage message)
    {
        var parts = Parts(message.Body).ToList();
        var ids = IdsIn(message, parts);
        if (parts.OfType<MessageFeedbackReport>().FirstOrDefault() is { } feedback)
            return KindOf(feedback.Fields["Feedback-Type"]) is { } kind ? [new BounceReport(kind, ids, [])] : [];
        if (parts.OfType<MessageDeliveryStatus>().ToList() is { Count: > 0 } statuses)
        {
            return [.. from fields in statuses.SelectMany(status => status.StatusGroups)
                       where HasFailed(fields)
                       select new BounceReport(
                           BounceKind.Returned, ids, [.. Decodings(fields["Original-Recipient"])], StatusOf(fields),
                           fields["Diagnostic-Code"])];
        }

        return parts.OfType<MessagePart>().Any(part => part.Message?.Headers.Contains(HotmailComplaint) is true)
            ? [new BounceReport(BounceKind.Complaint, ids, [])]
            : [];
    }

    /// <summary>Includes nested multiparts, because a gateway may have wrapped the report; not the parts of an attached mail.</summary>
    private static IEnumerable<MimeEntity> Parts(MimeEntity? entity) => entity switch
    {
        null => [],
        Multipart several => several.SelectMany(Parts),
        _ => [entity],
    };

    private static BounceKind? KindOf(string? feedback) => feedback?.Trim().ToLowerInvariant() switch
    {
        "abuse" or "fraud" => BounceKind.Complaint,
        "opt-out" or "opt-out-list" => BounceKind.OptOut,
        _ => null,
    };

    /// <summary>Only a group that names a recipient. Some servers write a single group, and some leave out the action.</summary>
    private static bool HasFailed(HeaderList group)
    {
        if (!group.Contains("Final-Recipient") && !group.Contains("Original-Recipient"))
            return false;
        var action = group["Action"]?.Trim() ?? "";
        return action.Length is 0 ? StatusOf(group) is ['5', ..] : action.StartsWith("failed", StringComparison.OrdinalIgnoreCase);
    }

    /// <returns>Null also for a malformed one.</returns>
    private static string? StatusOf(HeaderList group) =>
        group["Status"] is { } field && FirstStatus().Match(field) is { Success: true } status ? status.Groups[1].Value : null;

    /// <summary>
    /// The ids in the returned mail. Other headers are read only without it: a report on another mail of a thread has ours among its
    /// references.
    /// </summary>
    private static List<string> IdsIn(MimeMessage message, List<MimeEntity> parts)
    {
        var originals = parts.Select(HeadersOf).OfType<HeaderList>()
            .SelectMany(headers => All(headers, "Message-ID", "X-Original-Message-ID", "X-Google-Original-Message-ID")).ToList();
        if (originals.Count > 0)
            return originals;
        var groups = parts.OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups);
        return [
            .. groups.SelectMany(group => All(group, "X-Original-Message-ID")),
            .. All(message.Headers, "X-Original-Message-ID", "In-Reply-To", "References")];

        static IEnumerable<string> All(HeaderList headers, params string[] names) =>
            from name in names
            from header in headers
            where header.Field.Equals(name, StringComparison.OrdinalIgnoreCase)
            from Match id in BareId().Matches(header.Value)
            select id.Value;
    }

    private static HeaderList? HeadersOf(MimeEntity part)
    {
        switch (part)
        {
            case MessagePart original:
                return original.Message?.Headers;
            case TextPart text when text.ContentType.IsMimeType("text", "rfc822-headers"):
                // MimeKit leaves encoded headers as text.
                using (var headers = new MemoryStream(Encoding.UTF8.GetBytes(text.Text.TrimStart() + "\r\n\r\n")))
                    return HeaderList.Load(headers);
            default:
                return null;
        }
    }

    /// <summary>Reads <c>rfc822;ada+2Blist@example.org</c> as xtext (RFC 3461, 4) and as it stands, not <c>rfc822;unknown</c>.</summary>
    private static IEnumerable<string> Decodings(string? field)
    {
        var text = field is null ? "" : field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
        var plain = Escaped().Replace(
            text, code => ((char)int.Parse(code.Groups["hex"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        return new[] { plain, text }.Distinct().Where(one => MailboxAddress.TryParse(one, out var mailbox) && mailbox.Domain.Length > 0)
            .Select(one => MailboxAddress.Parse(one).Address);
    }

    [GeneratedRegex(@"^\s*([245]\.\d{1,3}\.\d{1,3})\b", RegexOptions.CultureInvariant)]
    private static partial Regex FirstStatus();

    /// <summary>Printable ASCII, like all of our own.</summary>
    [GeneratedRegex("""[!-~-[<>",;()]]+@[!-~-[<>",;()]]+""", RegexOptions.CultureInvariant)]
    private static partial Regex BareId();

    /// <summary>Two digits of xtext, or the Unicode escape of RFC 6533.</summary>
    [GeneratedRegex(@"\+(?<hex>[0-9A-F]{2})|\\x\{(?<hex>[0-9A-F]{2,4})\}", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
