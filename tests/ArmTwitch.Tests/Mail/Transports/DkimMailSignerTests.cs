using System.Security.Cryptography;
using ArmTwitch.Articles;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Tests.Newsletter;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace ArmTwitch.Tests.Mail.Transports;

public sealed class DkimMailSignerTests : IDisposable
{
    private const string MustBeAKey =
        "be a file with a private RSA key in PEM of at least 1024 bits, such as 'openssl genrsa -out dkim.pem 2048' makes";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly RSA key = RSA.Create(2048);
    private readonly string file = Path.GetTempFileName();

    public DkimMailSignerTests() => File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem());

    public void Dispose()
    {
        key.Dispose();
        File.Delete(file);
    }

    [Fact]
    public async Task A_copy_is_signed_with_everything_that_must_not_be_changed()
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(
            settings: sink.Settings(
                ("Mail:Dkim:Domain", "armtwitch.test"), ("Mail:Dkim:Selector", "news"), ("Mail:Dkim:KeyFile", file))).Start();
        await site.MailAsync(["ada@example.org"]);

        await site.SendMailsAsync(Cancel);

        var mail = Assert.Single(sink.Mails);
        var signature = mail.Headers[HeaderId.DkimSignature];
        Assert.Contains("d=armtwitch.test", signature, StringComparison.Ordinal);
        Assert.Contains("s=news", signature, StringComparison.Ordinal);
        Assert.True(Verify(mail));
        foreach (var header in new[]
        {
            "From",
            "To",
            "Subject",
            "Date",
            "Message-Id",
            "MIME-Version",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post"
        })
        {
            var changed = sink.Mails[0];
            changed.Headers[header] = header is "From" or "To" ? "eve@example.org"
                : header is "Date" ? "Mon, 23 Nov 2026 12:00:00 +0000"
                : header is "Message-Id" ? "<1@example.org>"
                : "changed";
            Assert.False(Verify(changed), $"{header} may be changed");
        }

        var other = sink.Mails[0];
        other.Body!.ContentType.Parameters["boundary"] = "changed";
        Assert.False(Verify(other));
    }

    [Fact]
    public async Task The_mailbox_for_leaving_stands_beside_the_address_and_is_signed_too()
    {
        using var content = new ContentCopy();
        content.Write("newsletters/first.md", "---\nsubject: First\npreheader: A tip.\narticles: [one]\n---\n\nHello.\n");
        using var sink = new FakeSmtpServer();
        using var site = new NewsletterTestSite(settings: sink.Settings(
            ("Content:Path", content.Folder), ("Mail:UnsubscribeMailto", "leave+news@armtwitch.test"),
            ("Mail:Dkim:Domain", "armtwitch.test"), ("Mail:Dkim:Selector", "news"), ("Mail:Dkim:KeyFile", file)));
        await site.Site.Get<SubscriberImportExport>().ImportAsync(
            new StringReader("email,consent_at,source,wording\nada@example.org,2025-05-01T10:00:00Z,a-list,2025-01\n"), apply: true,
            Cancel);
        await site.Site.Get<IssueService>().ScheduleAsync(Slug.Parse("first"), "Ada", cancellationToken: Cancel);
        await site.Site.Get<IssueScheduler>().AdvanceAsync(Cancel);

        await site.Site.SendMailsAsync(Cancel);

        var mail = Assert.Single(sink.Mails);
        Assert.Matches("^<https://armtwitch.test/newsletter/unsubscribe\\?token=[\\w-]{43}>, "
            + "<mailto:leave\\+news@armtwitch.test\\?subject=unsubscribe>$", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.True(Verify(mail));
        mail.Headers[HeaderId.ListUnsubscribe] = mail.Headers[HeaderId.ListUnsubscribe]!.Replace("leave", "stay", StringComparison.Ordinal);
        Assert.False(Verify(mail));
    }

    [Theory]
    [InlineData("Mail:Dkim:Domain", "armtwitch.test", "Mail:Dkim:Domain, Mail:Dkim:Selector and Mail:Dkim:KeyFile must be set together, "
        + "or none of them")]
    [InlineData("Mail:Dkim:KeyFile", "/nowhere/dkim.pem", "Mail:Dkim:KeyFile is \"/nowhere/dkim.pem\"; it must " + MustBeAKey
        + "; /nowhere/dkim.pem is missing")]
    [InlineData("Mail:Dkim:KeyFile", "/dev/null", "Mail:Dkim:KeyFile is \"/dev/null\"; it must " + MustBeAKey)]
    [InlineData("Mail:Dkim:KeyFile", "/dev", "Mail:Dkim:KeyFile is \"/dev\"; it must " + MustBeAKey)]
    public async Task A_wrong_setting_stops_the_start(string name, string value, string fault)
    {
        string[] others = name.EndsWith("KeyFile", StringComparison.Ordinal)
            ? ["--Mail:Dkim:Domain=armtwitch.test", "--Mail:Dkim:Selector=news"]
            : [];
        using var program = new BuiltProgram([$"--{name}={value}", .. others]);

        Assert.Equal(2, await program.EndAsync());
        Assert.Contains($"ArmTwitch cannot start: {fault}.", program.Lines);
    }

    [Fact]
    public void A_key_file_that_may_not_be_read_is_told_with_the_user_who_may_not() => Assert.Equal(
        $"Mail:Dkim:KeyFile is \"/etc/dkim.pem\"; it must {MustBeAKey}; /etc/dkim.pem cannot be read by the user {Environment.UserName}",
        new DkimOptions { KeyFile = "/etc/dkim.pem" }.FaultOf(new UnauthorizedAccessException()));

    private bool Verify(MimeMessage mail)
    {
        var verifier = new DkimVerifier(new SingleKeyLocator(DotNetUtilities.GetRsaPublicKey(key)));
        return verifier.Verify(mail, mail.Headers[mail.Headers.IndexOf(HeaderId.DkimSignature)], Cancel);
    }

    private sealed class SingleKeyLocator(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) => key;

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) => Task.FromResult(key);
    }
}
