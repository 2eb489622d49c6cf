using System.Text.RegularExpressions;
using ArmTwitch.Mail.Sending;

namespace ArmTwitch.Mail.Transports;

/// <summary>What became of one try.</summary>
/// <param name="ServerText">What the mail server said, or what went wrong. It may name the recipient: keep it out of the log.</param>
/// <param name="Status">The enhanced status of the answer (RFC 3463), such as 5.1.1; null when there is none.</param>
/// <param name="RouteFault">When the answer closes the route: why, in words that may stand in the log.</param>
public readonly partial record struct SendResult(SendVerdict Verdict, string ServerText, string? Status = null, string? RouteFault = null)
{
    private const string Closing = "421";

    private readonly DeliveryFailure? failure;

    /// <summary>What is to blame, unless the mail was accepted. By default what the status and the words say.</summary>
    public DeliveryFailure Failure
    {
        get => failure ?? EnhancedStatusCode.FailureOf(Status, ServerText);
        init => failure = value;
    }

    /// <summary>The reply code and the enhanced status, such as <c>550 5.1.1</c>; null when the server gave no answer.</summary>
    public string? Code => ReplyCode().Match(ServerText ?? "") is { Success: true } code ? code.Value : null;

    /// <summary>
    /// Whether it is the end of the connection rather than an answer to the mail: the link broke before the final dot, or 421.
    /// </summary>
    public bool IsConnectionFault => Verdict is SendVerdict.RouteClosed && (Code is null || IsClosing(ServerText));

    /// <summary>Whether the server said that it closes the connection (RFC 5321, 3.8).</summary>
    public static bool IsClosing(string? words) => words?.StartsWith(Closing, StringComparison.Ordinal) is true;

    /// <summary>Whether an earlier answer was the same: a refusal for good, one for now with the same reply code, or none.</summary>
    public bool IsAsBefore(string? before) => before switch
    {
        null => false,
        ['5', ..] => ServerText is ['5', ..],
        _ => Code is { } code ? before.StartsWith(code[..Closing.Length], StringComparison.Ordinal) : !ReplyCode().IsMatch(before),
    };

    [GeneratedRegex(@"^[2-5]\d\d(?=\s|$)(?: [245]\.\d{1,3}\.\d{1,3}(?=\s|$))?")]
    private static partial Regex ReplyCode();
}

public enum SendVerdict
{
    Accepted,

    /// <summary>The server said no for now (4xx): the mail was surely not taken.</summary>
    NotNow,

    /// <summary>The server said no for good (5xx).</summary>
    Never,

    /// <summary>The link broke after the final dot: the mail may have been taken.</summary>
    Unknown,

    /// <summary>
    /// The link broke before the final dot, or the server takes no mail just now, or none from this sender: the mail was surely not taken.
    /// </summary>
    RouteClosed,

    /// <summary>It was not even begun.</summary>
    NotBegun,
}
