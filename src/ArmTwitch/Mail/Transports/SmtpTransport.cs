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

/// <summary>Sends mails to a mail server (RFC 5321).</summary>
public sealed class SmtpTransport(IOptions<MailOptions> options, TimeProvider clock) : IMailTransport
{
    public Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken) => ConnectAsync(null, cancellationToken);

    /// <param name="conversation">Prints the conversation; null for none.</param>
    /// <inheritdoc cref="IMailTransport.ConnectAsync" path="/exception"/>
    internal async Task<IMailConnection> ConnectAsync(SmtpProtocolPrinter? conversation, CancellationToken cancellationToken)
    {
        var mail = options.Value;
        var describer = new SmtpErrorDescriber(mail);
        using var patience = new CancellationTokenSource(mail.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var client = conversation is null ? new Client() : new Client(conversation);
        // Checking revocation needs a request to another host, which a firewall may not allow.
        (client.CheckCertificateRevocation, client.Timeout) = (false, (int)mail.Timeout.TotalMilliseconds);
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            describer.Certificate = SmtpErrorDescriber.DescribeCertificate(chain, errors);
            conversation?.TlsBegins(certificate, describer.Certificate);
            return describer.Certificate is null;
        };
        try
        {
            // Without NoDelay, as in MailKit's own socket, each mail takes 40 ms longer (Nagle's algorithm).
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
            throw new MailServerUnavailableException(describer.Describe(failed, isConnected), failed);
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
        /// <summary>How long to wait for the answer to QUIT.</summary>
        private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);

        public bool IsOpen => client.IsConnected;

        public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            // MailKit would send them without SMTPUTF8, and some servers lose them.
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
                var verdict = sent.IsWhole ? SendVerdict.Unknown
                    : IsConnectionFailure(broken) ? SendVerdict.RouteClosed
                    : SendVerdict.NotNow;
                return new(verdict, new SmtpErrorDescriber(mail).DescribeBroken(broken))
                {
                    // No recipient is the cause of a broken connection.
                    Failure = DeliveryFailure.MessageRefused,
                    RouteFault = verdict is SendVerdict.RouteClosed
                        ? new SmtpErrorDescriber(mail).Describe(broken, isConnected: true)
                        : null,
                };
            }
        }

        private static bool IsConnectionFailure(Exception broken) => broken
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
                using var patience = new CancellationTokenSource(mail.Timeout < QuitTimeout ? mail.Timeout : QuitTimeout);
                await client.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception broken)
                when (broken is IOException or ProtocolException or CommandException or OperationCanceledException or SocketException)
            {
                // It is closed either way.
            }

            client.Dispose();
        }

        /// <summary>Knows whether the whole text was sent. Only the final dot follows it.</summary>
        private sealed class SubmissionProgress : ITransferProgress
        {
            public bool IsWhole { get; private set; }

            public void Report(long bytesTransferred, long totalSize) => IsWhole |= bytesTransferred >= totalSize;

            /// <summary>MailKit calls it only when it does not know the size.</summary>
            public void Report(long bytesTransferred) => IsWhole = true;
        }
    }

    /// <summary>Remembers which command the server is asked to accept. MailKit's exceptions do not tell it for every reply code.</summary>
    private sealed class Client : SmtpClient
    {
        public Client()
        {
        }

        public Client(IProtocolLogger logger) : base(logger)
        {
        }

        public SmtpStep Step { get; set; }

        protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Step = SmtpStep.Recipient;

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Step = SmtpStep.Message;
    }
}
