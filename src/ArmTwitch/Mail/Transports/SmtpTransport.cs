using System.Net;
using System.Net.Sockets;
using System.Text;
using ArmTwitch.Mail.Sending;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ArmTwitch.Mail.Transports;

/// <summary>Hands mails to a mail server (RFC 5321).</summary>
public sealed class SmtpTransport(IOptions<MailOptions> options, TimeProvider clock) : IMailTransport
{
    public Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken) => ConnectAsync(null, cancellationToken);

    /// <param name="conversation">Is told what is said on the connection; null when nobody listens.</param>
    /// <exception cref="MailServerUnavailableException">There is no way just now; no mail is to blame.</exception>
    internal async Task<IMailConnection> ConnectAsync(SmtpProtocolPrinter? conversation, CancellationToken cancellationToken)
    {
        var mail = options.Value;
        var trouble = new SmtpErrorDescriber(mail);
        using var patience = new CancellationTokenSource(mail.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var client = conversation is null ? new Client() : new Client(conversation);
        // Asking who revoked a certificate means another request to another host, which a mail server's network may not allow.
        (client.CheckCertificateRevocation, client.Timeout) = (false, (int)mail.Timeout.TotalMilliseconds);
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            trouble.Certificate = SmtpErrorDescriber.DescribeCertificate(chain, errors);
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
            return new SmtpConnection(client, mail, clock);
        }
        catch (Exception failed)
        {
            var isConnected = client.IsConnected;
            client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new MailServerUnavailableException(trouble.Describe(failed, isConnected), failed);
        }
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.SslOnConnect,
    };

    private sealed class SmtpConnection(Client client, MailOptions mail, TimeProvider clock) : IMailConnection
    {
        private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

        public bool IsOpen => client.IsConnected;

        public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            // MailKit would hand them over all the same, and some servers lose them.
            if (!client.Capabilities.HasFlag(SmtpCapabilities.UTF8)
                && message.To.Mailboxes.Any(mailbox => !Ascii.IsValid(mailbox.LocalPart)))
                return new(
                    SendVerdict.Never, "The mail server takes no address with letters beyond ASCII before the @ (it offers no SMTPUTF8).",
                    "5.6.7");
            using var patience = new CancellationTokenSource(mail.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            var (sent, sender) = (new SubmissionProgress(), mail.Sender(message.From.Mailboxes.First()));
            client.Step = SmtpStep.Sender;
            try
            {
                return new(SendVerdict.Accepted, await client.SendAsync(message, sender, message.To.Mailboxes, either.Token, sent));
            }
            catch (SmtpCommandException refused)
            {
                return Answer(new(client.Step, refused.StatusCode, refused.Message), sender);
            }
            catch (ServiceNotAuthenticatedException refused)
            {
                return Answer(new(client.Step, SmtpStatusCode.AuthenticationRequired, refused.Message), sender);
            }
            catch (Exception broken)
            {
                var verdict = sent.IsWhole ? SendVerdict.Unknown : IsOfLink(broken) ? SendVerdict.RouteClosed : SendVerdict.NotNow;
                return new(verdict, $"{broken.GetType().Name}: {broken.Message}")
                {
                    // No recipient is to blame for a link.
                    Failure = DeliveryFailure.MessageRefused,
                    RouteFault = verdict is SendVerdict.RouteClosed
                        ? new SmtpErrorDescriber(mail).Describe(broken, isConnected: true)
                        : null,
                };
            }
        }

        private static bool IsOfLink(Exception broken) => broken
            is IOException or ProtocolException or SocketException or TimeoutException
            or OperationCanceledException or ServiceNotConnectedException;

        private SendResult Answer(SmtpRefusal refusal, MailboxAddress sender) =>
            new(refusal.Verdict, refusal.Answer, refusal.Status)
            {
                Failure = refusal.Failure,
                RouteFault = refusal.Verdict is SendVerdict.RouteClosed
                    ? new SmtpErrorDescriber(mail).Describe(refusal, sender.Address)
                    : null,
            };

        public async ValueTask DisposeAsync()
        {
            try
            {
                using var patience = new CancellationTokenSource(mail.Timeout < Farewell ? mail.Timeout : Farewell);
                await client.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception broken)
                when (broken is IOException or ProtocolException or CommandException or OperationCanceledException or SocketException)
            {
                // It is gone, which is all that was wanted.
            }

            client.Dispose();
        }

        /// <summary>Knows when the whole text has been handed over, which the final dot only follows.</summary>
        private sealed class SubmissionProgress : ITransferProgress
        {
            public bool IsWhole { get; private set; }

            public void Report(long bytesTransferred, long totalSize) => IsWhole |= bytesTransferred >= totalSize;

            /// <summary>MailKit calls the other when it knows the size, which it does when it is watched.</summary>
            public void Report(long bytesTransferred) => IsWhole = true;
        }
    }
    /// <summary>
    /// Knows how far the mail server has gone along with a mail, which MailKit's exceptions do not tell for every reply code.
    /// </summary>
    private sealed class Client : SmtpClient
    {
        public Client()
        {
        }

        public Client(IProtocolLogger logger) : base(logger)
        {
        }

        /// <summary>What the server is asked to accept now.</summary>
        public SmtpStep Step { get; set; }

        protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Step = SmtpStep.Recipient;

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Step = SmtpStep.Message;
    }
}
