using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>Hands mails to a mail server (RFC 5321).</summary>
public sealed partial class SmtpTransport(IOptions<MailOptions> options, TimeProvider clock) : IMailTransport
{
    public async Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var mail = options.Value;
        using var patience = new CancellationTokenSource(mail.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        // Asking who revoked a certificate means another request to another host, which a mail server's network may not allow.
        var client = new SmtpClient { CheckCertificateRevocation = false, Timeout = (int)mail.Timeout.TotalMilliseconds };
        try
        {
            // MailKit's own socket holds small packets back, which costs 40 ms a mail.
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(mail.Host, mail.PortInUse, either.Token);
                await client.ConnectAsync(socket, mail.Host, mail.PortInUse, Security(mail.SecurityInUse), either.Token);
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            if (mail.User.Length > 0)
                await client.AuthenticateAsync(new NetworkCredential(mail.User, mail.Password), either.Token);
            return new Connection(client, mail.Timeout, clock);
        }
        catch (Exception failed)
        {
            client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new MailRouteException(Why(failed), failed);
        }
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.SslOnConnect,
    };

    private static string Why(Exception failed) => failed switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "The mail server's name is not known.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The mail server refuses the connection.",
        SocketException or TimeoutException or OperationCanceledException => "The mail server does not answer.",
        SslHandshakeException => "The mail server's TLS is not to be trusted.",
        NotSupportedException => "The mail server offers no TLS, or no way to log in.",
        AuthenticationException => "The mail server refuses the login.",
        SmtpCommandException refused => $"The mail server takes no mail just now ({(int)refused.StatusCode}).",
        ProtocolException or IOException => "The mail server broke the connection off.",
        _ => $"The mail server cannot be used ({failed.GetType().Name}).",
    };

    /// <summary>The enhanced status at the beginning of an answer (RFC 2034).</summary>
    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")]
    private static partial Regex Status();

    private sealed class Connection(SmtpClient client, TimeSpan timeout, TimeProvider clock) : IMailConnection
    {
        private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

        public bool IsOpen => client.IsConnected;

        public async Task<MailAnswer> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            // MailKit would hand them over all the same, and some servers lose them.
            if (!client.Capabilities.HasFlag(SmtpCapabilities.UTF8) && message.To.Mailboxes.Any(mailbox => !Ascii.IsValid(mailbox.LocalPart)))
                return new(MailVerdict.Never, "The mail server takes no address with letters beyond ASCII before the @ (it offers no SMTPUTF8).", "5.6.7");
            using var patience = new CancellationTokenSource(timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            var sent = new Meter();
            try
            {
                return new(MailVerdict.Accepted, await client.SendAsync(message, either.Token, sent));
            }
            catch (SmtpCommandException refused)
            {
                return new(Verdict(refused), $"{(int)refused.StatusCode} {refused.Message}", Status().Match(refused.Message) is { Success: true } status ? status.Value : null);
            }
            catch (ServiceNotAuthenticatedException refused)
            {
                return new(MailVerdict.RouteClosed, refused.Message);
            }
            catch (Exception broken)
            {
                return new(sent.IsWhole ? MailVerdict.Unknown : MailVerdict.NotNow, $"{broken.GetType().Name}: {broken.Message}");
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                using var patience = new CancellationTokenSource(timeout < Farewell ? timeout : Farewell);
                await client.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception broken) when (broken is IOException or ProtocolException or CommandException or OperationCanceledException or SocketException)
            {
                // It is gone, which is all that was wanted.
            }

            client.Dispose();
        }

        private static MailVerdict Verdict(SmtpCommandException refused) => refused switch
        {
            { StatusCode: SmtpStatusCode.ServiceNotAvailable } => MailVerdict.RouteClosed,
            // Who is refused here is the sender, who is the same for every mail: no recipient shall pay for it.
            { ErrorCode: SmtpErrorCode.SenderNotAccepted, StatusCode: SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.TransactionFailed }
                => MailVerdict.RouteClosed,
            { StatusCode: SmtpStatusCode.AuthenticationRequired or SmtpStatusCode.AuthenticationInvalidCredentials } => MailVerdict.RouteClosed,
            { StatusCode: >= (SmtpStatusCode)500 } => MailVerdict.Never,
            _ => MailVerdict.NotNow,
        };

        /// <summary>Knows when the whole text has been handed over, which the final dot only follows.</summary>
        private sealed class Meter : ITransferProgress
        {
            public bool IsWhole { get; private set; }

            public void Report(long bytesTransferred, long totalSize) => IsWhole |= bytesTransferred >= totalSize;

            /// <summary>MailKit calls the other when it knows the size, which it does when it is watched.</summary>
            public void Report(long bytesTransferred) => IsWhole = true;
        }
    }
}
