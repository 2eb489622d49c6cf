using System.Globalization;
using System.Text.RegularExpressions;

namespace ArmTwitch.Mail.Sending;

/// <summary>Reads enhanced status codes (RFC 3463 and the IANA registry of them).</summary>
public static partial class EnhancedStatusCode
{
    /// <summary>What an answer or a report of a mail server says.</summary>
    /// <param name="status">Such as 5.1.1; null when the server gave none.</param>
    /// <param name="words">The rest of the answer. It decides where the status says nothing.</param>
    public static DeliveryFailure FailureOf(string? status, string? words)
    {
        if (Read(status) is not { } code)
        {
            return status is null && words is ['5', ..] && BlamesSender().IsMatch(words)
                ? DeliveryFailure.SenderRefused : DeliveryFailure.Unreachable;
        }

        // "Other or undefined", which some servers put before the code that tells.
        if (code is (0 or 5, 0))
            code = Codes().Matches(words ?? "").Select(match => Read(match.Value))
                .FirstOrDefault(other => other is not (null or (0 or 5, 0))) ?? code;
        return code switch
        {
            (1, 1 or 2 or 3 or 6 or 10) => DeliveryFailure.NoSuchRecipient,
            (1, 7 or 8) => DeliveryFailure.SenderRefused,
            // The login, DKIM, SPF, reverse DNS, DMARC, the mail exchanger of the sender, a flood; then what Exchange adds.
            (7, (>= 8 and <= 14) or (>= 20 and <= 29) or 57 or 60 or 64 or (>= 500 and <= 515)
                or (>= 606 and <= 649) or (>= 700 and <= 750)) => DeliveryFailure.SenderRefused,
            (7, 0 or 1) when BlamesSender().IsMatch(words ?? "") => DeliveryFailure.SenderRefused,
            (2, 3) or (3, 4) or (6, _) or (7, _) => DeliveryFailure.MessageRefused,
            _ => DeliveryFailure.Unreachable,
        };
    }

    /// <summary>Whether the status says more than "other or undefined", and that another try would meet the same.</summary>
    internal static bool TellsCause(string? status) => Read(status) is not (null or (0 or 5, 0));

    /// <summary>
    /// Whether the server blames the sender for now: its domain is not known, or SPF, DKIM or DMARC cannot be checked. 4.7.1 does not say
    /// so; greylisting has it, too.
    /// </summary>
    internal static bool BlamesSenderForNow(string? status) =>
        status is ['4', .. var rest] && FailureOf($"5{rest}", null) is DeliveryFailure.SenderRefused;

    /// <returns>The code of an answer for the screen and the log, without its words: they may name a person.</returns>
    internal static string CodeOf(string? status, string? words) =>
        status ?? (words is { Length: >= 3 } && words.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0 ? words[..3] : "no code");

    /// <returns>Subject and detail; null for anything but a definite failure.</returns>
    private static (int Subject, int Detail)? Read(string? status)
    {
        var parts = (status ?? "").Split('.');
        return parts is ["5", var subject, var detail] && int.TryParse(subject, CultureInfo.InvariantCulture, out var first)
                && int.TryParse(detail, CultureInfo.InvariantCulture, out var second)
            ? (first, second) : null;
    }

    /// <summary>Not a part of an IP address or of a version.</summary>
    [GeneratedRegex(@"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.]*\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Codes();

    /// <summary>What servers say that know no finer code than 5.7.1.</summary>
    [GeneratedRegex(@"\b(SPF|DKIM|DMARC|unauthenticated|relay(ing)?|rcpthosts|sender (address )?(rejected|denied|refused)|sender verify failed|send as|authentication (is )?required|client host|reverse DNS|PTR|(block|black|deny) ?list(ed)?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BlamesSender();
}
