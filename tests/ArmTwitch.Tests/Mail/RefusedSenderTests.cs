using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Tests.Newsletter;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Mail;

/// <summary>A mail server that refuses the sender, but says so only at the recipient, as Postfix does by default.</summary>
public sealed class RefusedSenderTests
{
    private const string Refusal = "550 5.7.1 <hello@armtwitch.test>: Sender address rejected: Access denied",
        LookAt = "Look at Mail:From and Mail:ReturnPath";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseKind, string> DatabasesAndConnections => new(
        from database in Enum.GetValues<DatabaseKind>() from connections in new[] { "1", "4" } select (database, connections));

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_refused_sender_keeps_copies_pauses_the_issue_and_degrades_until_an_acceptance(DatabaseKind database)
    {
        const int Readers = 300, Taken = 40;
        var (asked, isBroken) = (0, true);
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.To && Interlocked.Increment(ref asked) > Taken && isBroken ? Refusal : null;
        var log = new CapturedLog();
        using var site = new TestSite(
            database: database,
            settings: sink.Settings(("Logging:LogLevel:Default", "Information"), ("Logging:Console:LogLevel:Default", "None")))
            .With(services => services.AddSingleton<ILoggerProvider>(log));
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(MailTestSite.Readers(Readers));

        await site.SendMailsAsync(Cancel);

        Assert.InRange(asked, Taken + 1, Taken + 64);
        var count = await site.CountAsync(mailing);
        Assert.Equal((0, Taken, Readers - Taken), (count.Dead, count.Sent, count.Waiting));
        var row = await site.MailingAsync(mailing);
        Assert.Equal((MailingState.Paused, Taken, 0), (row.State, row.Tried, row.HardBounces));
        Assert.Contains("refuses us as the sender (5.7.1)", row.PausedBecause, StringComparison.Ordinal);
        Assert.All(
            await site.Get<Outbox>().ListAsync(MailState.Queued, Cancel),
            mail => Assert.Equal((0, null), (mail.Attempts, mail.FirstTriedAt)));
        Assert.Contains(log.Lines, line => line.StartsWith("Mails wait.", StringComparison.Ordinal)
            && line.Contains("(550 5.7.1)", StringComparison.Ordinal) && line.Contains(LookAt, StringComparison.Ordinal));

        // A connection alone does not end the fault.
        site.Clock.Advance(TimeSpan.FromMinutes(30));
        await site.SendMailsAsync(Cancel);
        Assert.Contains(
            $"takes no mail from hello@armtwitch.test (550 5.7.1). {LookAt}", (await visitor.HealthAsync()).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Contains("@example.org", StringComparison.Ordinal));

        site.Clock.Advance(TimeSpan.FromDays(2));
        isBroken = false;
        Assert.True(await site.ResumeAsync(mailing));
        await site.SendMailsAsync(Cancel);
        Assert.Equal(Readers, (await site.CountAsync(mailing)).Sent);
        Assert.Null((await visitor.HealthAsync()).Reason);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_confirmation_mail_waits_for_days_and_leaves_when_the_setting_is_mended(DatabaseKind database)
    {
        string? answer = Refusal;
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.To ? answer : null };
        using var site = new NewsletterTestSite(database, sink.Settings());
        (await site.SubscribeAsync("ada@example.org")).Dispose();
        (await site.SubscribeAsync("bea@example.org")).Dispose();
        await site.WorkAsync();
        for (var hours = 0; hours < 60; hours++)
        {
            site.Site.Clock.Advance(TimeSpan.FromHours(1));
            await site.Site.SendMailsAsync(Cancel);
        }

        var waiting = await site.Site.Get<Outbox>().ListAsync(null, Cancel);
        Assert.Equal(2, waiting.Count);
        Assert.All(waiting, mail => Assert.Equal((MailState.Queued, 0), (mail.State, mail.Attempts)));

        // The wait used up no retries: a mail that is refused for now is tried again.
        answer = "450 4.2.0 greylisted";
        site.Site.Clock.Advance(TimeSpan.FromMinutes(5));
        await site.Site.SendMailsAsync(Cancel);
        answer = null;
        site.Site.Clock.Advance(TimeSpan.FromMinutes(5));
        await site.Site.SendMailsAsync(Cancel);

        Assert.Equal(["ada@example.org", "bea@example.org"], sink.Mails.Select(mail => mail.To.ToString()).Order());
        Assert.Null(site.Site.Get<MailCircuitBreaker>().Fault);
    }

    [Theory]
    [MemberData(nameof(DatabasesAndConnections))]
    public async Task One_odd_recipient_among_twenty_holds_up_no_other_and_ends_by_age(DatabaseKind database, string connections)
    {
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) => now is SmtpStage.To && said.Contains("odd@", StringComparison.Ordinal) ? Refusal : null
        };
        using var site = new TestSite(database: database, settings: sink.Settings(("Mail:Connections", connections))).Start();
        var odd = await site.QueueAsync(to: "odd@example.org");
        var mailing = await site.MailAsync(MailTestSite.Readers(19));

        await site.SendMailsAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        await site.SendMailsAsync(Cancel);
        var later = await site.QueueAsync("later");
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        await site.SendMailsAsync(Cancel);

        Assert.Equal((19, MailingState.Done), ((await site.CountAsync(mailing)).Sent, (await site.MailingAsync(mailing)).State));
        Assert.Equal(MailState.Sent, (await site.ReadAsync(later.Id)).State);
        for (var round = 0; (await site.ReadAsync(odd.Id)).State is MailState.Queued; round++)
        {
            Assert.InRange(round, 0, 8);
            Assert.Null(site.Get<MailCircuitBreaker>().Fault);
            site.Clock.Advance(TimeSpan.FromHours(4));
            await site.SendMailsAsync(Cancel);
        }

        Assert.Equal((MailState.Dead, 6), ((await site.ReadAsync(odd.Id)).State, (await site.ReadAsync(odd.Id)).Attempts));
    }

    [Fact]
    public async Task One_odd_copy_pauses_its_issue_once_and_then_ends_without_ending_a_subscription()
    {
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) => now is SmtpStage.To && said.Contains("odd@", StringComparison.Ordinal) ? Refusal : null
        };
        using var site = new NewsletterTestSite(settings: sink.Settings(("Mail:Connections", "1")));
        var mailing = await site.Site.MailAsync(
            ["odd@example.org", .. MailTestSite.Readers(19)]);
        await site.Site.SendMailsAsync(Cancel);
        Assert.Equal((MailingState.Paused, 0), ((await site.Site.MailingAsync(mailing)).State, (await site.Site.CountAsync(mailing)).Dead));

        Assert.True(await site.Site.ResumeAsync(mailing));
        for (var round = 0; round < 8; round++)
        {
            site.Site.Clock.Advance(TimeSpan.FromHours(4));
            await site.Site.SendMailsAsync(Cancel);
        }

        var count = await site.Site.CountAsync(mailing);
        Assert.Equal((MailingState.Done, 19, 1), ((await site.Site.MailingAsync(mailing)).State, count.Sent, count.Dead));
        Assert.Equal(0, (await site.Site.MailingAsync(mailing)).HardBounces);
    }

    [Fact]
    public async Task The_trouble_is_not_told_for_ever_when_the_mail_that_met_it_is_gone()
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.To ? Refusal : null };
        using var site = new TestSite(settings: sink.Settings()).Start();
        var mail = await site.QueueAsync();
        await site.SendMailsAsync(Cancel);
        Assert.NotNull(site.Get<MailCircuitBreaker>().Fault);
        await site.PutAsync(mail.Id, MailState.Cancelled, 0);
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        await site.SendMailsAsync(Cancel);

        Assert.Null(site.Get<MailCircuitBreaker>().Fault);
    }
}
