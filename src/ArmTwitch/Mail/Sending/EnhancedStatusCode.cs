using System.Globalization;
using System.Text.RegularExpressions;

namespace ArmTwitch.Mail.Sending;

/// <summary>Reads enhanced status codes (RFC 3463 and the IANA registry of them).</summary>
public static partial class EnhancedStatusCode
{
    /// <summary>The failure that an answer or a bounce reports.</summary>
    /// <param name="status">Such as 5.1.1; null when the server gave none.</param>
    /// <param name="text">The rest of the answer. It decides where the status is not specific.</param>
    public static DeliveryFailure FailureOf(string? status, string? text)
    {
        if (Read(status) is not { } code)
        {
            return status is null && text is ['5', ..] && BlamesSender().IsMatch(text)
                ? DeliveryFailure.SenderRefused : DeliveryFailure.Unreachable;
        }

        // "Other or undefined": some servers put it before the specific code.
        if (code is (0 or 5, 0))
            code = Codes().Matches(text ?? "").Select(match => Read(match.Value))
                .FirstOrDefault(other => other is not (null or (0 or 5, 0))) ?? code;
        return code switch
        {
            (1, 1 or 2 or 3 or 6 or 10) => DeliveryFailure.NoSuchRecipient,
            (1, 7 or 8) => DeliveryFailure.SenderRefused,
            // Login, DKIM, SPF, reverse DNS, DMARC, the MX of the sender, too much mail; then codes of Exchange.
            (7, (>= 8 and <= 14) or (>= 20 and <= 29) or 57 or 60 or 64 or (>= 500 and <= 515)
                or (>= 606 and <= 649) or (>= 700 and <= 750)) => DeliveryFailure.SenderRefused,
            (7, 0 or 1) when BlamesSender().IsMatch(text ?? "") => DeliveryFailure.SenderRefused,
            (2, 3) or (3, 4) or (6, _) or (7, _) => DeliveryFailure.MessageRefused,
            _ => DeliveryFailure.Unreachable,
        };
    }

    /// <summary>Whether the status is a definite failure with a more specific code than "other or undefined".</summary>
    internal static bool TellsCause(string? status) => Read(status) is not (null or (0 or 5, 0));

    /// <summary>
    /// Whether a temporary failure blames the sender: its domain is unknown, or SPF, DKIM or DMARC cannot be checked. 4.7.1 is not among
    /// them, because greylisting uses it.
    /// </summary>
    internal static bool BlamesSenderForNow(string? status) =>
        status is ['4', .. var rest] && FailureOf($"5{rest}", null) is DeliveryFailure.SenderRefused;

    /// <returns>The code for screens and the log, without the text: it may name a person.</returns>
    internal static string CodeOf(string? status, string? text) =>
        status ?? (text is { Length: >= 3 } && text.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0 ? text[..3] : "no code");

    /// <returns>Subject and detail; null for anything but a definite failure.</returns>
    private static (int Subject, int Detail)? Read(string? status)
    {
        var parts = (status ?? "").Split('.');
        return parts is ["5", var subject, var detail] && int.TryParse(subject, CultureInfo.InvariantCulture, out var first)
                && int.TryParse(detail, CultureInfo.InvariantCulture, out var second)
            ? (first, second) : null;
    }

    /// <summary>No match inside an IP address or a version number.</summary>
    [GeneratedRegex(@"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.]*\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Codes();

    /// <summary>How servers word it that use no finer code than 5.7.1.</summary>
    [GeneratedRegex(@"\b(SPF|DKIM|DMARC|unauthenticated|relay(ing)?|rcpthosts|sender (address )?(rejected|denied|refused)|sender verify failed|send as|authentication (is )?required|client host|reverse DNS|PTR|(block|black|deny) ?list(ed)?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BlamesSender();
}
