using System.Text.RegularExpressions;
using ArmTwitch.Mail.Sending;

namespace ArmTwitch.Mail.Transports;

/// <summary>The result of one try.</summary>
/// <param name="ServerText">The answer of the mail server, or what went wrong. It may name the recipient, so it must not be logged.</param>
/// <param name="Status">The enhanced status of the answer (RFC 3463), such as 5.1.1; null when there is none.</param>
/// <param name="RouteFault">Why no other mail can be sent either, fit for the log; null when the fault is about this mail.</param>
public readonly partial record struct SendResult(SendVerdict Verdict, string ServerText, string? Status = null, string? RouteFault = null)
{
    /// <summary>"Service not available, closing transmission channel" (RFC 5321, 3.8).</summary>
    private const string Closing = "421";

    private readonly DeliveryFailure? failure;

    /// <summary>What the server blames, unless the mail was accepted. By default read from the status and the text.</summary>
    public DeliveryFailure Failure
    {
        get => failure ?? EnhancedStatusCode.FailureOf(Status, ServerText);
        init => failure = value;
    }

    /// <summary>The reply code and the enhanced status, such as <c>550 5.1.1</c>; null without an answer of the server.</summary>
    public string? Code => ReplyCode().Match(ServerText ?? "") is { Success: true } code ? code.Value : null;

    /// <summary>
    /// Whether the connection ended before there was an answer to the mail: it broke before the final dot, or the server said 421.
    /// </summary>
    public bool IsConnectionFault => Verdict is SendVerdict.RouteClosed && (Code is null || IsClosing(ServerText));

    public static bool IsClosing(string? answer) => answer?.StartsWith(Closing, StringComparison.Ordinal) is true;

    /// <summary>Whether an earlier answer was alike: both permanent refusals, both with the same reply code, or both without any.</summary>
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

    /// <summary>Refused for now (4xx). The mail was not sent.</summary>
    NotNow,

    /// <summary>Refused permanently (5xx).</summary>
    Never,

    /// <summary>The connection broke after the final dot. The mail may have been sent.</summary>
    Unknown,

    /// <summary>
    /// The connection broke before the final dot, or the server accepts no mail now, or none from this sender. The mail was not sent.
    /// </summary>
    RouteClosed,

    /// <summary>The try did not begin.</summary>
    NotBegun,
}
