using ArmTwitch.Data;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Mail.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Mail.Queueing;

public sealed class OutboxMonitorTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Mails_that_are_due_and_do_not_leave_are_told_once_and_so_is_the_end_of_it(DatabaseKind database)
    {
        var log = new CapturedLog();
        using var site = Site(database, log);
        using var visitor = site.Visit();
        await LookAsync(site, 1);
        await site.QueueAsync("first");
        site.Clock.Advance(Step);
        await site.QueueAsync("second");

        await LookAsync(site, 9);
        Assert.Equal(("healthy", null), await visitor.HealthAsync("outbox"));
        await LookAsync(site, 6);

        Assert.False(site.Get<MailCircuitBreaker>().IsOpen);
        var (status, reason) = await visitor.HealthAsync("outbox");
        Assert.Equal("degraded", status);
        Assert.Equal("2 mails are due and none has left for 7 minutes; the oldest was queued 8 minutes ago. Try 'mail test ADDRESS', and "
            + "look at the log for what the mail server or the database says.", reason);
        Assert.Single(
            log.Lines,
            line => line.StartsWith("The mail has stopped. 2 mails are due and none has left for 5 minutes", StringComparison.Ordinal));

        await site.SendMailsAsync(Cancel);
        await LookAsync(site, 3);
        Assert.Equal(("healthy", null), await visitor.HealthAsync("outbox"));
        Assert.Single(log.Lines, "The mail goes on; 0 mails are due");
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mailing_that_sends_or_is_paused_or_not_due_is_no_stall(DatabaseKind database)
    {
        using var site = Site(database, new CapturedLog());
        using var visitor = site.Visit();
        var outbox = site.Get<Outbox>();
        await site.MailAsync(MailTestSite.Readers(30));
        for (var look = 0; look < 12; look++)
        {
            var mail = await outbox.ClaimAsync();
            Assert.True(await outbox.SubmitAsync(mail!));
            site.Clock.Advance(Step / 2);
            Assert.True(await outbox.RecordAsync(mail!, SendVerdict.Accepted));
            site.Clock.Advance(Step / 2);
            Assert.Null(await site.Get<OutboxMonitor>().CheckAsync(Cancel));
        }

        await site.ClearMailsAsync();
        var paused = await site.MailAsync(["ada@example.org"]);
        await site.PauseAsync(paused, "wait");
        await using (var db = site.Database())
        {
            site.Get<Outbox>()
                .Queue(db, MailTestSite.Draft("later", "grace@example.org") with { Delay = TimeSpan.FromHours(1) });
            await db.SaveChangesAsync(Cancel);
        }

        await LookAsync(site, 20);
        Assert.Equal(("healthy", null), await visitor.HealthAsync("outbox"));
        await site.ResumeAsync(paused);
        await LookAsync(site, 12);
        Assert.Equal("degraded", (await visitor.HealthAsync("outbox")).Status);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_server_that_puts_every_mail_off_is_told_and_one_that_puts_one_off_is_not(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) => now is SmtpStage.To && said.Contains("ada@", StringComparison.Ordinal) ? "451 4.7.1 later" : null
        };
        using var site = Site(database, new CapturedLog(), sink.Settings());
        using var visitor = site.Visit();
        await site.QueueAsync("first");

        await WorkAsync(times: 24, others: true);
        Assert.Equal(("healthy", null), await visitor.HealthAsync("outbox"));

        await WorkAsync(times: 12, others: false);
        var (status, reason) = await visitor.HealthAsync("outbox");
        Assert.Equal("degraded", status);
        Assert.StartsWith("1 mail is due and none has left for ", reason, StringComparison.Ordinal);

        await WorkAsync(times: 1, others: true);
        Assert.Equal(("healthy", null), await visitor.HealthAsync("outbox"));

        async Task WorkAsync(int times, bool others)
        {
            for (var time = 0; time < times; time++)
            {
                if (others)
                    await site.QueueAsync($"{Guid.NewGuid()}", "grace@example.org");
                site.Clock.Advance(Step);
                await site.SendMailsAsync(Cancel);
                await site.Get<OutboxMonitor>().CheckAsync(Cancel);
            }
        }
    }

    private static TestSite Site(DatabaseKind database, CapturedLog log, params (string, string)[] more) =>
        new TestSite(
            database: database,
            settings: [("Logging:LogLevel:Default", "Information"), ("Logging:Console:LogLevel:Default", "None"), .. more])
            .With(services => services.AddSingleton<ILoggerProvider>(log));

    /// <summary>Checks at the interval of the running site.</summary>
    private static async Task LookAsync(TestSite site, int times)
    {
        for (var time = 0; time < times; time++)
        {
            site.Clock.Advance(Step);
            await site.Get<OutboxMonitor>().CheckAsync(Cancel);
        }
    }
}
