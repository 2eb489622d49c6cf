using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Mail;

/// <summary>A mail server that greets, and closes each connection before it answers to a mail.</summary>
public sealed class BrokenConnectionTests
{
    private const int Readers = 200, Connections = 4, MostDoubts = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.Text)]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.Dot)]
    [InlineData(DatabaseKind.Postgres, SmtpStage.Dot)]
    public async Task After_a_few_copies_in_doubt_in_a_row_the_issue_pauses_and_no_mail_leaves(DatabaseKind database, SmtpStage moment)
    {
        var isBroken = true;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now == moment && isBroken ? FakeSmtpServer.Drop : null;
        var log = new CapturedLog();
        using var site = new TestSite(
            database: database,
            settings: sink.Settings(("Logging:LogLevel:Default", "Information"), ("Logging:Console:LogLevel:Default", "None")))
            .With(services => services.AddSingleton<ILoggerProvider>(log));
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(MailTestSite.Readers(Readers));

        await site.SendMailsAsync(Cancel);

        var count = await site.CountAsync(mailing);
        Assert.InRange(count.InDoubt, MostDoubts, MostDoubts * Connections);
        Assert.Equal((0, Readers - count.InDoubt), (count.Sent + count.Dead, count.Waiting));
        var row = await site.MailingAsync(mailing);
        Assert.Equal(MailingState.Paused, row.State);
        Assert.Contains("whether those mails arrived is not known", row.PausedBecause, StringComparison.Ordinal);
        var told = $"Mails wait. The mail server 127.0.0.1:{sink.Port} ended the connection 3 times in a row";
        Assert.Contains(log.Lines, line => line.StartsWith(told, StringComparison.Ordinal));
        Assert.StartsWith(told, (await visitor.HealthAsync()).Reason, StringComparison.Ordinal);

        // Resuming too early makes one mail for each connection unknown.
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await site.ResumeAsync(mailing));
        await site.SendMailsAsync(Cancel);
        Assert.Equal(MailingState.Paused, (await site.MailingAsync(mailing)).State);
        var again = (await site.CountAsync(mailing)).InDoubt;
        Assert.InRange(again - count.InDoubt, 1, Connections);

        isBroken = false;
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await site.ResumeAsync(mailing));
        await site.SendMailsAsync(Cancel);
        Assert.Equal((again, Readers - again), (await site.CountAsync(mailing)) is var after ? (after.InDoubt, after.Sent) : default);
        Assert.Null((await visitor.HealthAsync()).Reason);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.From)]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.Data)]
    [InlineData(DatabaseKind.Postgres, SmtpStage.From)]
    public async Task Connections_that_break_before_the_text_cost_no_try_and_are_told(DatabaseKind database, SmtpStage moment)
    {
        var isBroken = true;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now == moment && isBroken ? FakeSmtpServer.Drop : null;
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(MailTestSite.Readers(Readers));
        for (var hours = 0; hours < 30; hours++)
        {
            await site.SendMailsAsync(Cancel);
            var told = $"Mails wait. The mail server 127.0.0.1:{sink.Port} broke the connection off.";
            Assert.StartsWith(told, (await visitor.HealthAsync()).Reason, StringComparison.Ordinal);
            Assert.InRange(sink.Links, hours + 1, (hours + 1) * Connections);
            site.Clock.Advance(TimeSpan.FromHours(1));
        }

        var mails = await site.Get<Outbox>().ListAsync(null, Cancel);
        Assert.All(mails, mail => Assert.Equal((MailState.Queued, 0), (mail.State, mail.Attempts)));
        isBroken = false;
        await site.SendMailsAsync(Cancel);
        Assert.Equal(Readers, (await site.CountAsync(mailing)).Sent);
        Assert.Null((await visitor.HealthAsync()).Reason);
    }

    [Fact]
    public async Task One_copy_whose_text_ends_the_connection_is_in_doubt_alone()
    {
        var isOdd = false;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, said) =>
        {
            if (now is SmtpStage.To)
                isOdd = said.Contains("odd@", StringComparison.Ordinal);
            return now is SmtpStage.Dot && isOdd ? FakeSmtpServer.Drop : null;
        };
        using var site = new TestSite(settings: sink.Settings(("Mail:Connections", "1"))).Start();
        var mailing = await site.MailAsync(["odd@example.org", .. MailTestSite.Readers(Readers)]);

        await site.SendMailsAsync(Cancel);

        Assert.Equal((1, Readers), (await site.CountAsync(mailing)) is var count ? (count.InDoubt, count.Sent) : default);
        Assert.Null(site.Get<MailCircuitBreaker>().Fault);
    }

}
