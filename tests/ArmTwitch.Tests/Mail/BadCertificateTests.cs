using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Mail;

/// <summary>A mail server whose certificate is not trusted.</summary>
public sealed class BadCertificateTests
{
    private const string UnknownIssuer = "who issued it is not known to this machine",
        OtherName = "it is for another name than Mail:Host",
        Expired = "it has expired, or is not valid yet";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("StartTls", "127.0.0.1", 1, new[] { UnknownIssuer })]
    [InlineData("Tls", "127.0.0.1", 1, new[] { UnknownIssuer })]
    [InlineData("StartTls", "127.0.0.2", 1, new[] { OtherName, UnknownIssuer })]
    [InlineData("Tls", "127.0.0.2", 1, new[] { OtherName, UnknownIssuer })]
    [InlineData("StartTls", "127.0.0.1", -1, new[] { Expired })]
    public async Task The_route_closes_no_mail_ends_and_log_health_and_mail_test_name_server_and_cause(
        string security, string name, int days, string[] causes)
    {
        using var certificate = Certificate(name, days);
        using var sink = new FakeSmtpServer { Certificate = certificate, IsTlsFromTheStart = security is "Tls" };
        var log = new CapturedLog();
        using var site = new TestSite(settings: sink.Settings(
            ("Mail:Security", security), ("Logging:LogLevel:Default", "Information"), ("Logging:Console:LogLevel:Default", "None")))
            .With(services => services.AddSingleton<ILoggerProvider>(log));
        using var visitor = site.Visit();
        var mail = await site.QueueAsync();
        var mailing = await site.MailAsync(["bea@example.org"]);

        await site.SendMailsAsync(Cancel);

        Assert.Equal((MailState.Queued, 0), ((await site.ReadAsync(mail.Id)).State, (await site.ReadAsync(mail.Id)).Attempts));
        Assert.Equal((MailingState.Sending, 1), ((await site.MailingAsync(mailing)).State, (await site.CountAsync(mailing)).Waiting));
        var told = $"The mail server 127.0.0.1:{sink.Port} shows a certificate that is not to be trusted: ";
        var trouble = site.Get<MailCircuitBreaker>().Fault;
        Assert.StartsWith(told, trouble, StringComparison.Ordinal);
        Assert.All(causes, cause => Assert.Contains(cause, trouble, StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith($"Mails wait. {told}", StringComparison.Ordinal));
        Assert.Contains(told, await visitor.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Cancel), StringComparison.Ordinal);
        await using var output = new StringWriter();
        Assert.Equal(1, await OutboxAdministration.TestAsync(site.Services, "ada@example.org", output, Cancel));
        Assert.Contains($"TLS: certificate of CN={name}, issued by CN={name}", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(trouble, output.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(sink.Mails);
    }

    private static X509Certificate2 Certificate(string name, int days)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(name));
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(days));
    }
}
