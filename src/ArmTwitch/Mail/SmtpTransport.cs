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
    public Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken) => ConnectAsync(null, cancellationToken);

    /// <param name="conversation">Is told what is said on the connection; null when nobody listens.</param>
    /// <exception cref="MailRouteException">There is no way just now; no mail is to blame.</exception>
    internal async Task<IMailConnection> ConnectAsync(SmtpConversation? conversation, CancellationToken cancellationToken)
    {
        var mail = options.Value;
        var trouble = new SmtpTrouble(mail);
        using var patience = new CancellationTokenSource(mail.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var client = conversation is null ? new SmtpClient() : new SmtpClient(conversation);
        // Asking who revoked a certificate means another request to another host, which a mail server's network may not allow.
        (client.CheckCertificateRevocation, client.Timeout) = (false, (int)mail.Timeout.TotalMilliseconds);
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            trouble.Certificate = SmtpTrouble.OfCertificate(chain, errors);
            conversation?.TlsBegins(certificate, trouble.Certificate);
            return trouble.Certificate is null;
        };
        try
        {
            // MailKit's own socket holds small packets back, which costs 40 ms a mail.
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(mail.Host, mail.PortInUse, either.Token);
                conversation?.Connected(socket);
                await client.ConnectAsync(socket, mail.Host, mail.PortInUse, Security(mail.SecurityInUse), either.Token);
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            if (mail.User.Length > 0)
                await client.AuthenticateAsync(new NetworkCredential(mail.User, mail.Password), either.Token);
            return new Connection(client, mail, clock);
        }
        catch (Exception failed)
        {
            var isConnected = client.IsConnected;
            client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new MailRouteException(trouble.Of(failed, isConnected), failed);
        }
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.SslOnConnect,
    };

    private static string? StatusIn(string words) => Status().Match(words) is { Success: true } found ? found.Value : null;

    /// <summary>The enhanced status at the beginning of an answer (RFC 2034).</summary>
    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")]
    private static partial Regex Status();

    private sealed class Connection(SmtpClient client, MailOptions mail, TimeProvider clock) : IMailConnection
    {
        private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

        public bool IsOpen => client.IsConnected;

        public async Task<MailAnswer> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            // MailKit would hand them over all the same, and some servers lose them.
            if (!client.Capabilities.HasFlag(SmtpCapabilities.UTF8) && message.To.Mailboxes.Any(mailbox => !Ascii.IsValid(mailbox.LocalPart)))
                return new(MailVerdict.Never, "The mail server takes no address with letters beyond ASCII before the @ (it offers no SMTPUTF8).", "5.6.7");
            using var patience = new CancellationTokenSource(mail.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            var (sent, sender) = (new Meter(), mail.Sender(message.From.Mailboxes.First()));
            try
            {
                return new(MailVerdict.Accepted, await client.SendAsync(message, sender, message.To.Mailboxes, either.Token, sent));
            }
            catch (SmtpCommandException refused)
            {
                var (verdict, status) = (Verdict(refused), StatusIn(refused.Message));
                var trouble = verdict is MailVerdict.RouteClosed ? new SmtpTrouble(mail).Of(refused, status, sender.Address) : null;
                return new(verdict, $"{(int)refused.StatusCode} {refused.Message}", status, trouble);
            }
            catch (ServiceNotAuthenticatedException refused)
            {
                var status = StatusIn(refused.Message);
                return new(MailVerdict.RouteClosed, $"{(int)SmtpStatusCode.AuthenticationRequired} {refused.Message}", status, new SmtpTrouble(mail).NoLogin(status));
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
                using var patience = new CancellationTokenSource(mail.Timeout < Farewell ? mail.Timeout : Farewell);
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
