using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using ArmTwitch.Tests.Mail;

namespace ArmTwitch.Tests.Commands;

/// <summary><c>mail test ADDRESS</c>: what an operator sees of the conversation with the mail server.</summary>
public sealed class MailTestCommandTests
{
    private static readonly (string, string)[] Login =
        [("Mail:Security", "None"), ("Mail:User", "site"), ("Mail:Password", "secret"), ("Mail:ReturnPath", "bounces@armtwitch.test")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_is_printed_and_neither_password_nor_text()
    {
        using var sink = new FakeSmtpServer();

        var (exit, lines) = await TestAsync(sink.Settings(Login));

        Assert.Equal(0, exit);
        Assert.Equal(
            [$"Mail server 127.0.0.1:{sink.Port}, Mail:Security None, login as site", $"Connected to 127.0.0.1:{sink.Port}", "< 220 sink"],
            lines[..3]);
        string[] steps = [
            "> EHLO ", "> AUTH PLAIN ", "< 235 welcome", "> MAIL FROM:<bounces@armtwitch.test>", "> RCPT TO:<ada@example.org>", "> DATA",
            "< 354 go on", "> (the mail, ", "< 250 taken", "> QUIT"];
        var places = steps.Select(step => Array.FindIndex(lines, line => line.StartsWith(step, StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Equal("The mail server has taken the mail. Should it not arrive at ada@example.org, look into the spam folder there, and "
            + "for a report at bounces@armtwitch.test.", lines[^1]);
        Assert.DoesNotContain(lines, line => line.Contains(Convert.ToBase64String("\0site\0secret"u8), StringComparison.Ordinal)
            || line.Contains("whether it arrives", StringComparison.Ordinal));
        var mail = Assert.Single(sink.Mails);
        Assert.Equal(
            ("hello@armtwitch.test", "ada@example.org", "A test from ArmTwitch"),
            (mail.From.Mailboxes.Single().Address, mail.To.ToString(), mail.Subject));
    }

    [Theory]
    [InlineData(SmtpStage.Greeting, "554 5.7.1 your host is blocked", "takes no mail just now (554 5.7.1 your host is blocked).")]
    [InlineData(SmtpStage.Login, "535 5.7.8 wrong", "refuses the login (535). Look at Mail:User and Mail:Password.")]
    [InlineData(SmtpStage.From, "550 5.1.8 not you", "takes no mail from bounces@armtwitch.test (550 5.1.8). Look at Mail:From and "
        + "Mail:ReturnPath.")]
    [InlineData(SmtpStage.From, "530 5.7.0 who are you", "takes mail only after a login (530 5.7.0). Look at Mail:User and Mail:Password.")]
    [InlineData(SmtpStage.From, "554 5.7.1 not you", "takes no mail from bounces@armtwitch.test (554 5.7.1). Look at Mail:From and "
        + "Mail:ReturnPath.")]
    [InlineData(SmtpStage.To, "550 5.7.1 <ada@example.org>: Sender address rejected: Access denied", "takes no mail from bounces@armtwitch.test (550 5.7.1). Look at Mail:From and Mail:ReturnPath, then at Mail:User, and at SPF, DKIM and DMARC of the domain.")]
    [InlineData(SmtpStage.To, "454 4.7.1 <ada@example.org>: Relay access denied", "takes mail only after a login (454 4.7.1). Look at "
        + "Mail:User and Mail:Password.")]
    [InlineData(SmtpStage.From, "530 5.7.0 Must issue a STARTTLS command first", "takes mail only over TLS (530 5.7.0). Look at "
        + "Mail:Security and Mail:Port.")]
    [InlineData(SmtpStage.Dot, "421 4.3.2 going down", "closed the connection (421 4.3.2).")]
    [InlineData(SmtpStage.To, "550 5.1.1 nobody of that name", "The mail was not taken: 550 5.1.1 nobody of that name")]
    [InlineData(SmtpStage.Greeting, FakeSmtpServer.Drop, "broke the connection off. Look at Mail:Port and at the server's log; 'mail "
        + "test ADDRESS' shows how far it goes.")]
    public async Task What_goes_wrong_is_said_last_with_server_code_and_cause(SmtpStage moment, string does, string told)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now == moment ? does : null };

        var (exit, lines) = await TestAsync(sink.Settings(Login));

        Assert.Equal(1, exit);
        Assert.Equal(told.StartsWith("The", StringComparison.Ordinal) ? told : $"The mail server 127.0.0.1:{sink.Port} {told}", lines[^1]);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_not_called_silence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var resetting = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(Cancel);
            client.LingerState = new LingerOption(true, 0);
        }, Cancel);

        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (exit, lines) = await TestAsync([("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{port}"), ("Mail:From", "hello@armtwitch.test")]);

        await resetting;
        Assert.Equal(1, exit);
        Assert.Contains("broke the connection off", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-host.invalid", "The mail server's name no-such-host.invalid is not known. Look at Mail:Host, and at this "
        + "machine's DNS.")]
    [InlineData("127.0.0.1", "refuses the connection. Look at Mail:Port, and whether the server runs.")]
    public async Task A_server_that_is_not_there_is_named(string host, string told)
    {
        var port = BuiltProgram.FreePort();

        var (exit, lines) = await TestAsync([("Mail:Host", host), ("Mail:Port", $"{port}"), ("Mail:From", "hello@armtwitch.test")]);

        Assert.Equal(1, exit);
        Assert.Equal(host is "127.0.0.1" ? $"The mail server 127.0.0.1:{port} {told}" : told, lines[^1]);
    }

    [Fact]
    public void A_certificate_ends_at_a_time_that_everybody_reads_alike()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=mail.example.org", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 12, 30, 10, 8, 45, TimeSpan.Zero));
        using var output = new StringWriter();
        using var conversation = new SmtpProtocolPrinter(output);

        conversation.TlsBegins(certificate, null);

        Assert.Equal(
            "TLS: certificate of CN=mail.example.org, issued by CN=mail.example.org, valid until 2026-12-30 10:08 UTC: trusted",
            output.ToString().TrimEnd());
    }

    [Fact]
    public async Task With_no_server_the_file_is_named_and_a_wrong_address_is_wrong_usage()
    {
        var (exit, lines) = await TestAsync([]);
        Assert.Equal(0, exit);
        Assert.StartsWith("Mail:Host is empty, so the mail is a file: ", lines[^1], StringComparison.Ordinal);

        (exit, lines) = await TestAsync([], "Ada <ada@example.org>");
        Assert.Equal((2, "ADDRESS is \"Ada <ada@example.org>\"; it must be one address, such as you@example.org"), (exit, lines.Single()));
    }

    [Fact]
    public async Task Every_mail_leaves_with_the_return_path()
    {
        var senders = new List<string>();
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, said) =>
        {
            if (now is SmtpStage.From)
                senders.Add(said);
            return null;
        };
        using var site = new TestSite(settings: sink.Settings(("Mail:ReturnPath", "Bounces <bounces@armtwitch.test>")));
        using var visitor = site.Visit();
        await site.QueueAsync();

        await site.SendMailsAsync(Cancel);

        Assert.StartsWith("MAIL FROM:<bounces@armtwitch.test>", Assert.Single(senders), StringComparison.Ordinal);
        Assert.Equal("hello@armtwitch.test", Assert.Single(sink.Mails).From.Mailboxes.Single().Address);
    }

    private static async Task<(int Exit, string[] Lines)> TestAsync(
        (string Key, string Value)[] settings, string address = "ada@example.org")
    {
        using var site = new TestSite(settings: settings);
        using var visitor = site.Visit();
        await using var output = new StringWriter();
        var exit = await OutboxAdministration.TestAsync(site.Services, address, output, Cancel);
        Assert.Empty(await site.Get<Outbox>().ListAsync(null, Cancel));
        return (exit, output.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n'));
    }
}
