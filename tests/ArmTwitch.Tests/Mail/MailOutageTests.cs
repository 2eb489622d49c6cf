using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Mail;

/// <summary>Outages of the mail server, the database or both in the middle of an issue.</summary>
public sealed class MailOutageTests
{
    /// <summary>The last mail is no multiple: a server that stops after it keeps no mail waiting.</summary>
    private const int Recipients = 240, BetweenStops = 45;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_server_that_stops_in_mid_issue_again_and_again_never_ends_the_mail(DatabaseKind database)
    {
        var (taken, stops) = (0, 0);
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Dot && Interlocked.Increment(ref taken) % BetweenStops is 0 ? Stop() : null;
        var log = new CapturedLog();
        using var site = new TestSite(
            database: database,
            settings: sink.Settings(("Logging:LogLevel:Default", "Information"), ("Logging:Console:LogLevel:Default", "None")))
            .With(services => services.AddSingleton<ILoggerProvider>(log)).Start();
        var mailing = await site.MailAsync(MailTestSite.Readers(Recipients));

        for (var round = 0; (await site.MailingAsync(mailing)).State is not MailingState.Done; round++)
        {
            Assert.InRange(round, 0, 50);
            await site.SendMailsAsync(Cancel).WaitAsync(Patience, Cancel);
            var before = log.Lines.Count(line => line.StartsWith("Mails wait.", StringComparison.Ordinal));
            Assert.True(before >= stops, $"{stops} stops, and {before} times the log said that mails wait");
            sink.Start();
            await AwaitRouteAsync(site);
        }

        var count = await site.CountAsync(mailing);
        Assert.InRange(stops, 4, 10);
        Assert.Equal((Recipients, Recipients), (count.Audience, count.Sent + count.InDoubt));
        Assert.InRange(count.InDoubt, 0, stops * 4);
        Assert.Equal(sink.Mails.Count, sink.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.All(await site.Get<Outbox>().ListAsync(null, Cancel), mail => Assert.InRange(mail.Fence, 1, 3 * stops));
        Assert.Contains("Mails leave again", log.Lines);

        string Stop()
        {
            Interlocked.Increment(ref stops);
            sink.Stop();
            return FakeSmtpServer.Drop;
        }
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Mail_server_and_database_lost_together_cost_no_result_and_no_try(DatabaseKind database)
    {
        var taken = 0;
        using var sink = new FakeSmtpServer();
        var gone = new UnreachableDatabase();
        var log = new CapturedLog();
        using var site = gone.Of(new TestSite(
            database: database,
            settings: sink.Settings(("Logging:LogLevel:Default", "Information"), ("Logging:Console:LogLevel:Default", "None")))
            .With(services => services.AddSingleton<ILoggerProvider>(log)));
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(MailTestSite.Readers(Recipients));
        sink.Answer = (now, _) =>
        {
            if (now is not SmtpStage.From || Interlocked.Increment(ref taken) is not BetweenStops)
                return null;
            gone.IsGone = true;
            sink.Stop();
            return FakeSmtpServer.Drop;
        };

        var sending = site.SendMailsAsync(Cancel);
        while (!sending.IsCompleted && !Says("the database fails"))
            await Task.Delay(10, Cancel);
        Assert.False(sending.IsCompleted);
        site.Clock.Advance(TimeSpan.FromSeconds(10));
        gone.IsGone = false;
        await sending.WaitAsync(Patience, Cancel);

        Assert.True(Says("The database is back"));
        var rows = await site.Get<Outbox>().ListAsync(null, Cancel);
        Assert.Equal(
            sink.Mails.Select(mail => mail.MessageId!).Order(),
            rows.Where(row => row.State is MailState.Sent).Select(row => row.MessageId).Order());
        Assert.All(rows, row =>
            Assert.True(row is { State: MailState.Sent } or { State: MailState.Queued, Attempts: 0 } or { State: MailState.InDoubt }));
        sink.Start();
        await AwaitRouteAsync(site);
        await site.SendMailsAsync(Cancel).WaitAsync(Patience, Cancel);
        var count = await site.CountAsync(mailing);
        Assert.Equal((Recipients, Recipients), (count.Audience, count.Sent + count.InDoubt));

        bool Says(string words) => log.Lines.Any(line => line.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", "421 4.3.2 not this one")]
    [InlineData("4", "421 4.3.2 not this one")]
    [InlineData("1", FakeSmtpServer.Drop)]
    [InlineData("4", FakeSmtpServer.Drop)]
    public async Task A_mail_that_ends_the_connection_each_time_grows_old_alone_while_others_go(string connections, string does)
    {
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) => now is SmtpStage.To && said.Contains("odd@", StringComparison.Ordinal) ? does : null
        };
        using var site = new TestSite(settings: sink.Settings(("Mail:Connections", connections))).Start();
        var odd = await site.QueueAsync(to: "odd@example.org");
        var mailing = await site.MailAsync(MailTestSite.Readers(Recipients));
        await site.SendMailsAsync(Cancel);
        await AwaitRouteAsync(site);
        await site.SendMailsAsync(Cancel);
        Assert.Equal(Recipients, (await site.CountAsync(mailing)).Sent);

        foreach (var minutes in new[] { 1, 5, 15, 60, 240 })
        {
            Assert.Equal(MailState.Queued, (await site.ReadAsync(odd.Id)).State);
            site.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await site.SendMailsAsync(Cancel);
            var other = await site.QueueAsync($"after {minutes}");
            await site.SendMailsAsync(Cancel);
            Assert.Equal((MailState.Sent, false), ((await site.ReadAsync(other.Id)).State, site.Get<MailCircuitBreaker>().IsOpen));
        }

        Assert.Equal((MailState.Dead, 6), ((await site.ReadAsync(odd.Id)).State, (await site.ReadAsync(odd.Id)).Attempts));
    }

    [Fact]
    public async Task A_server_that_ends_each_connection_after_some_mails_costs_no_try_and_no_pause()
    {
        const int MailsOfConnection = 20;
        var (taken, open) = (0, 0);
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) =>
        {
            if (now is SmtpStage.Greeting)
                (taken, open) = (0, open + 1);
            // Some servers say 421, some just close the connection.
            return now is SmtpStage.From && ++taken > MailsOfConnection
                ? (open % 2 is 0 ? "421 4.7.0 too many mails" : FakeSmtpServer.Drop)
                : null;
        };
        using var site = new TestSite(settings: sink.Settings(("Mail:Connections", "1"))).Start();
        var mailing = await site.MailAsync(MailTestSite.Readers(Recipients));

        await site.SendMailsAsync(Cancel);

        Assert.Equal(Recipients, (await site.CountAsync(mailing)).Sent);
        Assert.All(await site.Get<Outbox>().ListAsync(null, Cancel), mail => Assert.Equal(1, mail.Attempts));
        Assert.Equal((Recipients / MailsOfConnection, null), (sink.Links, site.Get<MailCircuitBreaker>().Fault));
    }

    [Fact]
    public async Task Trouble_that_is_over_is_not_told_for_ever_when_nothing_waits_any_more()
    {
        using var sink = new FakeSmtpServer();
        sink.Stop();
        using var site = new TestSite(settings: sink.Settings()).Start();
        var mail = await site.QueueAsync();
        await site.SendMailsAsync(Cancel);
        await site.PutAsync(mail.Id, MailState.Cancelled, 0);
        Assert.NotNull(site.Get<MailCircuitBreaker>().Fault);

        sink.Start();
        await AwaitRouteAsync(site);
        await site.SendMailsAsync(Cancel);

        Assert.Null(site.Get<MailCircuitBreaker>().Fault);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Whatever_a_server_says_can_be_written_down(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.To ? "550 5.1.1 no\0such\u0001 person" : null };
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var mail = await site.QueueAsync();

        await site.SendMailsAsync(Cancel).WaitAsync(Patience, Cancel);

        Assert.Equal(MailState.Dead, (await site.ReadAsync(mail.Id)).State);
    }

    private static async Task AwaitRouteAsync(TestSite site)
    {
        for (var seconds = 0; site.Get<MailCircuitBreaker>().IsOpen; seconds += 5)
        {
            Assert.InRange(seconds, 0, 600);
            site.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
    }
}
