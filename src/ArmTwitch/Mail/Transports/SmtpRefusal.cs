using System.Text.RegularExpressions;
using ArmTwitch.Mail.Sending;
using MailKit.Net.Smtp;

namespace ArmTwitch.Mail.Transports;

/// <summary>The command that a mail server refused.</summary>
public enum SmtpStep
{
    /// <summary>MAIL. The server has seen no recipient yet.</summary>
    Sender,

    /// <summary>RCPT. Some servers refuse the sender only here (smtpd_delay_reject of Postfix).</summary>
    Recipient,

    /// <summary>DATA and the text. The server has accepted the recipient.</summary>
    Message,
}

/// <summary>Reads a refusal of a mail server: what it blames, and whether the mail is tried again.</summary>
/// <param name="Text">The answer without its reply code.</param>
public sealed partial record SmtpRefusal(SmtpStep Step, SmtpStatusCode Code, string Text)
{
    /// <summary>The enhanced status (RFC 3463); null when the server gave none.</summary>
    public string? Status { get; } = EnhancedCode().Match(Text) is { Success: true } found ? found.Value : null;

    public DeliveryFailure Failure => (Step, EnhancedStatusCode.FailureOf(Status, Answer)) switch
    {
        // A missing login or TLS does not mean that our domain is refused.
        _ when IsOfLogin => DeliveryFailure.MessageRefused,
        // 552 is about the size of the mail.
        (SmtpStep.Sender, _) when IsDefinite && Code is not SmtpStatusCode.ExceededStorageAllocation => DeliveryFailure.SenderRefused,
        (not SmtpStep.Recipient, DeliveryFailure.Unreachable) when !EnhancedStatusCode.TellsCause(Status) => DeliveryFailure.MessageRefused,
        (_, var failure) => failure,
    };

    /// <summary>
    /// A fault of the connection, the login or the sender concerns every mail, so it does not count as a try of this one.
    /// </summary>
    public SendVerdict Verdict => this switch
    {
        { Code: SmtpStatusCode.ServiceNotAvailable } or { IsOfLogin: true } or { Failure: DeliveryFailure.SenderRefused } =>
            SendVerdict.RouteClosed,
        _ when EnhancedStatusCode.BlamesSenderForNow(Status) => SendVerdict.RouteClosed,
        _ => IsDefinite ? SendVerdict.Never : SendVerdict.NotNow,
    };

    /// <summary>
    /// Whether the server requires a login or TLS (RFC 4954, RFC 3207). Postfix says 454 to clients that it does not relay for.
    /// </summary>
    public bool IsOfLogin => Code is SmtpStatusCode.AuthenticationRequired
        or SmtpStatusCode.AuthenticationMechanismTooWeak
        or SmtpStatusCode.AuthenticationInvalidCredentials
        or SmtpStatusCode.EncryptionRequiredForAuthenticationMechanism
        or SmtpStatusCode.TemporaryAuthenticationFailure;

    /// <summary>Whether the text asks for TLS.</summary>
    public bool AsksForTls => Tls().IsMatch(Text);

    private bool IsDefinite => Code >= SmtpStatusCode.CommandUnrecognized;

    /// <summary>The whole answer.</summary>
    public string Answer => $"{(int)Code} {Text}";

    /// <summary>The codes alone: unlike the text they name nobody.</summary>
    public string Codes => Status is null ? $"{(int)Code}" : $"{(int)Code} {Status}";

    /// <summary>An enhanced status at the start of the text (RFC 2034), or in brackets at its end, as qmail writes it.</summary>
    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)|(?<=\(#)[245]\.\d{1,3}\.\d{1,3}(?=\)\s*$)")]
    private static partial Regex EnhancedCode();

    [GeneratedRegex(@"\b(START)?TLS\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Tls();
}
