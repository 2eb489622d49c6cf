using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace ArmTwitch.Mail.Transports;

/// <summary>
/// Says for an operator why a mail server cannot be used: which server, its answer, and what to check. The text names no recipient.
/// </summary>
internal sealed partial class SmtpErrorDescriber(MailOptions mail)
{
    private const int LongestText = 200;

    private string Server => $"The mail server {mail.Server}";

    /// <summary>The fault of the server's certificate; null when it is trusted, or none was seen.</summary>
    public string? Certificate { get; set; }

    /// <returns>Null when the certificate is trusted.</returns>
    public static string? DescribeCertificate(X509Chain? chain, SslPolicyErrors errors)
    {
        List<string> faults = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            faults.Add("it shows none");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            faults.Add("it is for another name than Mail:Host");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            faults.AddRange(chain?.ChainStatus.Select(status => DescribeChain(status.Status)).Distinct() ?? ["its chain is broken"]);
        return errors is SslPolicyErrors.None ? null : string.Join("; ", faults);
    }

    /// <summary>Why connecting failed.</summary>
    /// <param name="isConnected">Whether the server had sent its greeting.</param>
    public string Describe(Exception failed, bool isConnected) => failed switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            $"The mail server's name {mail.Host} is not known. Look at Mail:Host, and at this machine's DNS.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            $"{Server} refuses the connection. Look at Mail:Port, and whether the server runs.",
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } =>
            $"{Server} cannot be reached. Look at the network and its firewalls.",
        SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException or OperationCanceledException =>
            $"{Server} does not answer within {mail.Timeout.TotalSeconds:0.##} seconds. Look at the network, its firewalls, and Mail:Port.",
        SslHandshakeException when Certificate is not null => $"{Server} shows a certificate that is not to be trusted: {Certificate}.",
        SslHandshakeException =>
            $"{Server} does not speak TLS as Mail:Security {mail.SecurityInUse} asks. Look at Mail:Port and Mail:Security.",
        NotSupportedException when isConnected =>
            $"{Server} offers no way to log in that this program knows. Look at Mail:Port and Mail:Security.",
        NotSupportedException => $"{Server} offers no STARTTLS. Look at Mail:Port and Mail:Security.",
        AuthenticationException => $"{Server} refuses the login{Code(failed.Message)}. Look at Mail:User and Mail:Password.",
        // No mail has been sent yet, so the answer names no recipient.
        SmtpCommandException refused => $"{Server} takes no mail just now ({(int)refused.StatusCode} {OneLine(refused.Message)}).",
        SocketException or ProtocolException or IOException or ServiceNotConnectedException =>
            $"{Server} broke the connection off. Look at Mail:Port and at the server's log; 'mail test ADDRESS' shows how far it goes.",
        _ => $"{Server} cannot be used ({failed.GetType().Name}).",
    };

    /// <summary>What stands in place of the server's answer when it gave none. Without the names of this program's errors.</summary>
    public string DescribeBroken(Exception broken) => broken switch
    {
        TimeoutException or OperationCanceledException =>
            $"The mail server did not answer within {mail.Timeout.TotalSeconds:0.##} seconds.",
        IOException or ProtocolException or SocketException or ServiceNotConnectedException =>
            "The mail server broke the connection off before it had answered.",
        _ => $"The mail could not be handed over: {OneLine(broken.Message)}",
    };

    /// <summary>Why no further mail is sent after several unknown ones in a row.</summary>
    public string DescribeUnknown(int times) =>
        $"{Server} ended the connection {times} times in a row after the text of a mail and before its answer; whether those mails "
            + "arrived is not known. "
        + "Look at the server's log, its filters and its disk.";

    /// <summary>
    /// Why a mail was refused for a reason that holds for every mail. Only with codes: the server's text may name the recipient.
    /// </summary>
    public string Describe(SmtpRefusal refusal, string sender) => refusal switch
    {
        { Code: SmtpStatusCode.ServiceNotAvailable } => $"{Server} closed the connection ({refusal.Codes}).",
        { IsOfLogin: true, AsksForTls: true } =>
            $"{Server} takes mail only over TLS ({refusal.Codes}). Look at Mail:Security and Mail:Port.",
        { IsOfLogin: true } => $"{Server} takes mail only after a login ({refusal.Codes}). Look at Mail:User and Mail:Password.",
        { Step: SmtpStep.Sender } => $"{Server} takes no mail from {sender} ({refusal.Codes}). Look at Mail:From and Mail:ReturnPath.",
        _ => $"{Server} takes no mail from {sender} ({refusal.Codes}). Look at Mail:From and Mail:ReturnPath, "
            + "then at Mail:User, and at SPF, DKIM and DMARC of the domain.",
    };

    private static string DescribeChain(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => "it has expired, or is not valid yet",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "who issued it is not known to this machine",
        _ => $"its chain is broken ({status})",
    };

    private static string Code(string answer) => ReplyCode().Match(answer) is { Success: true } code ? $" ({code.Value})" : "";

    private static string OneLine(string text)
    {
        var line = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return line.Length > LongestText ? $"{line[..LongestText]}…" : line;
    }

    [GeneratedRegex(@"^[45]\d\d")]
    private static partial Regex ReplyCode();
}
