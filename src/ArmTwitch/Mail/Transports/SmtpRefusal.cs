using System.Text.RegularExpressions;
using ArmTwitch.Mail.Sending;
using MailKit.Net.Smtp;

namespace ArmTwitch.Mail.Transports;

/// <summary>What a mail server is asked to accept.</summary>
public enum SmtpStep
{
    /// <summary>MAIL. The server knows no recipient yet.</summary>
    Sender,

    /// <summary>RCPT. Some servers refuse the sender only here (smtpd_delay_reject of Postfix).</summary>
    Recipient,

    /// <summary>DATA and the text. The recipient is accepted.</summary>
    Message,
}

/// <summary>An answer of a mail server that is no acceptance: what it blames, and what becomes of the mail.</summary>
/// <param name="Words">The answer without its reply code.</param>
public sealed partial record SmtpRefusal(SmtpStep Step, SmtpStatusCode Code, string Words)
{
    /// <summary>The enhanced status (RFC 3463); null when the server gave none.</summary>
    public string? Status { get; } = EnhancedCode().Match(Words) is { Success: true } found ? found.Value : null;

    public DeliveryFailure Failure => (Step, EnhancedStatusCode.FailureOf(Status, Answer)) switch
    {
        // Of what we lack a login or TLS, and not of who we are.
        _ when IsOfLogin => DeliveryFailure.MessageRefused,
        // 552 is the size.
        (SmtpStep.Sender, _) when IsDefinite && Code is not SmtpStatusCode.ExceededStorageAllocation => DeliveryFailure.SenderRefused,
        (not SmtpStep.Recipient, DeliveryFailure.Unreachable) when !EnhancedStatusCode.TellsCause(Status) => DeliveryFailure.MessageRefused,
        (_, var failure) => failure,
    };

    /// <summary>A fault of the connection, the login or the sender is the same for every mail, so no mail pays for it.</summary>
    public SendVerdict Verdict => this switch
    {
        { Code: SmtpStatusCode.ServiceNotAvailable } or { IsOfLogin: true } or { Failure: DeliveryFailure.SenderRefused } =>
            SendVerdict.RouteClosed,
        _ when EnhancedStatusCode.BlamesSenderForNow(Status) => SendVerdict.RouteClosed,
        _ => IsDefinite ? SendVerdict.Never : SendVerdict.NotNow,
    };

    /// <summary>
    /// Whether the server wants a login or TLS first (RFC 4954, RFC 3207). With 454 Postfix puts off whom it does not relay for.
    /// </summary>
    public bool IsOfLogin => Code is SmtpStatusCode.AuthenticationRequired
        or SmtpStatusCode.AuthenticationMechanismTooWeak
        or SmtpStatusCode.AuthenticationInvalidCredentials
        or SmtpStatusCode.EncryptionRequiredForAuthenticationMechanism
        or SmtpStatusCode.TemporaryAuthenticationFailure;

    /// <summary>Whether the words ask for TLS.</summary>
    public bool AsksForTls => Tls().IsMatch(Words);

    private bool IsDefinite => Code >= SmtpStatusCode.CommandUnrecognized;

    /// <summary>The whole answer.</summary>
    public string Answer => $"{(int)Code} {Words}";

    /// <summary>The codes alone, which name nobody.</summary>
    public string Codes => Status is null ? $"{(int)Code}" : $"{(int)Code} {Status}";

    /// <summary>An enhanced status at the beginning of the words (RFC 2034), or in brackets at their end, where qmail has it.</summary>
    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)|(?<=\(#)[245]\.\d{1,3}\.\d{1,3}(?=\)\s*$)")]
    private static partial Regex EnhancedCode();

    [GeneratedRegex(@"\b(START)?TLS\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Tls();
}
