using System.Security.Cryptography;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Newsletter;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Mail.Queueing;

public sealed class MailingAutoPauseTests
{
    private const string NoUser = "550 5.1.1 User unknown in local recipient table";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.To, "553 5.1.8 the domain of the sender does not resolve", "5.1.8")]
    [InlineData(DatabaseKind.Postgres, SmtpStage.To, "553 5.1.8 the domain of the sender does not resolve", "5.1.8")]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.From, "501 5.1.7 bad sender address syntax", "5.1.7")]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.From, "553 5.1.8 the domain of the sender does not resolve", "5.1.8")]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.Dot, "550 5.7.26 neither SPF nor DKIM pass", "5.7.26")]
    [InlineData(DatabaseKind.Sqlite, SmtpStage.To, "554 5.7.1 Relay access denied", "5.7.1")]
    public async Task A_refused_sender_pauses_a_mailing_at_once_and_ends_no_subscription(
        DatabaseKind database, SmtpStage moment, string answer, string code)
    {
        using var sink = new FakeSmtpServer();
        using var site = new NewsletterTestSite(database, sink.Settings());
        var subscriber = await JoinAsync(site, "ada@example.org");
        sink.Answer = (now, _) => now == moment ? answer : null;
        var mailing = await site.Site.MailAsync(["ada@example.org"]);

        await site.Site.SendMailsAsync(Cancel);

        var row = await site.Site.MailingAsync(mailing);
        Assert.Equal(MailingState.Paused, row.State);
        Assert.Contains($"refuses us as the sender ({code})", row.PausedBecause, StringComparison.Ordinal);
        Assert.Equal(SubscriberState.Confirmed, await site.StateAsync(subscriber));
        Assert.Equal("", (await site.FindAsync("ada@example.org")).Recent);
        Assert.Equal((0, 1), (await site.Site.CountAsync(mailing)) is var count ? (count.Dead, count.Waiting) : default);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "550 5.7.1 we do not like what it says", MailingState.Paused)]
    [InlineData(DatabaseKind.Postgres, "550 5.7.1 we do not like what it says", MailingState.Paused)]
    [InlineData(DatabaseKind.Sqlite, "550 no", MailingState.Paused)]
    [InlineData(DatabaseKind.Sqlite, "550 5.1.1 no such person", MailingState.Paused)]
    [InlineData(DatabaseKind.Sqlite, null, MailingState.Done)]
    public async Task A_mailing_pauses_when_its_first_twenty_copies_are_all_refused_alike(
        DatabaseKind database, string? answer, MailingState expected)
    {
        // With null, two refusals alternate.
        var number = 0;
        using var sink = new FakeSmtpServer
        {
            Answer = (now, _) => now is SmtpStage.To ? answer ?? $"550 5.7.{1 + (Interlocked.Increment(ref number) % 2)} no" : null
        };
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var mailing = await site.MailAsync([.. Enumerable.Range(0, 100).Select(place => $"reader{place}@example.org")]);

        await site.SendMailsAsync(Cancel);

        var row = await site.MailingAsync(mailing);
        Assert.Equal(expected, row.State);
        if (expected is MailingState.Done)
            return;

        Assert.Equal((20, 0, 100), (await site.CountAsync(mailing)) is var count ? (row.Tried, count.Dead, count.Waiting) : default);
        Assert.Contains("refused in the same way", row.PausedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailing_goes_on_when_some_of_its_first_copies_were_taken()
    {
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) => now is SmtpStage.To && !said.Contains("5@", StringComparison.Ordinal) ? "550 5.7.1 no" : null
        };
        using var site = new TestSite(settings: sink.Settings(("Mail:Connections", "1"))).Start();
        var mailing = await site.MailAsync([.. Enumerable.Range(0, 40).Select(place => $"reader{place}@example.org")]);

        await site.SendMailsAsync(Cancel);

        Assert.Equal(MailingState.Done, (await site.MailingAsync(mailing)).State);
    }

    /// <summary>A mail server without its list of users says that no recipient exists.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite, NoUser, 30, MailingState.Paused, 0, 0)]
    [InlineData(DatabaseKind.Postgres, NoUser, 30, MailingState.Paused, 0, 0)]
    [InlineData(DatabaseKind.Sqlite, "550 no", 30, MailingState.Paused, 0, 0)]
    [InlineData(DatabaseKind.Sqlite, NoUser, 7, MailingState.Done, 7, 23)]
    [InlineData(DatabaseKind.Postgres, NoUser, 7, MailingState.Done, 7, 23)]
    public async Task Subscriptions_end_only_once_a_copy_of_the_mailing_is_taken(
        DatabaseKind database, string answer, int refused, MailingState state, int ended, int sent)
    {
        const int Readers = 30;
        var asked = 0;
        using var sink = new FakeSmtpServer();
        using var site = new NewsletterTestSite(database, sink.Settings(("Mail:Connections", "1")));
        await site.Site.Get<SubscriberSecrets>().PrepareAsync(Cancel);
        await using (var db = site.Site.Database())
        {
            db.AddRange(MailTestSite.Readers(Readers).Select(address => new Subscriber
            {
                Email = address,
                Key = address,
                State = SubscriberState.Confirmed,
                CreatedAt = site.Site.Clock.GetUtcNow(),
                AskedAt = site.Site.Clock.GetUtcNow(),
                UnsubscribeHash = RandomNumberGenerator.GetBytes(32),
            }));
            await db.SaveChangesAsync(Cancel);
        }

        var mailing = await site.Site.MailAsync(MailTestSite.Readers(Readers));
        sink.Answer = (now, _) => now is SmtpStage.To && ++asked <= refused ? answer : null;

        await site.Site.SendMailsAsync(Cancel);

        Assert.Equal(state, (await site.Site.MailingAsync(mailing)).State);
        Assert.Equal(ended, (await site.AllAsync<Subscriber>()).Count(one => one.State is SubscriberState.Bounced));
        Assert.Equal((ended, sent), (await site.Site.CountAsync(mailing)) is var count ? (count.Dead, count.Sent) : default);
        if (state is not MailingState.Paused)
            return;
        Assert.All(await site.AllAsync<Subscriber>(), one => Assert.Equal("", one.Recent));

        refused = 0;
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await site.Site.ResumeAsync(mailing));
        await site.Site.SendMailsAsync(Cancel);
        Assert.Equal(Readers, (await site.Site.CountAsync(mailing)).Sent);
    }

    [Fact]
    public async Task A_missing_login_pauses_no_mailing_and_mails_leave_when_it_is_there()
    {
        var isBroken = true;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.From && isBroken ? "530 5.7.0 Authentication required" : null;
        using var site = new TestSite(settings: sink.Settings()).Start();
        var mailing = await site.MailAsync(["ada@example.org"]);
        await site.SendMailsAsync(Cancel);
        Assert.Equal(MailingState.Sending, (await site.MailingAsync(mailing)).State);
        Assert.Contains("Look at Mail:User and Mail:Password", site.Get<MailCircuitBreaker>().Fault, StringComparison.Ordinal);

        isBroken = false;
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.SendMailsAsync(Cancel);

        Assert.Equal(1, (await site.CountAsync(mailing)).Sent);
    }

    /// <summary>After resuming, the first twenty copies are checked again.</summary>
    [Fact]
    public async Task A_mailing_that_was_resumed_without_mending_pauses_again()
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.To ? "550 5.7.1 no" : null };
        using var site = new TestSite(settings: sink.Settings(("Mail:Connections", "1"))).Start();
        var mailing = await site.MailAsync([.. Enumerable.Range(0, 150).Select(place => $"reader{place}@example.org")]);
        await site.SendMailsAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await site.ResumeAsync(mailing));

        await site.SendMailsAsync(Cancel);

        Assert.Equal(MailingState.Paused, (await site.MailingAsync(mailing)).State);
        Assert.True((await site.Get<MailingService>().CountAsync(mailing, Cancel))!.Waiting > 0);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 25, MailingState.Done)]
    [InlineData(DatabaseKind.Sqlite, 10, MailingState.Paused)]
    [InlineData(DatabaseKind.Postgres, 10, MailingState.Paused)]
    public async Task One_hard_bounce_in_twenty_after_200_tries_pauses_a_mailing(DatabaseKind database, int oneIn, MailingState state)
    {
        using var sink = new FakeSmtpServer
        {
            Answer =
                (now, said) => now is SmtpStage.To && said.Contains("gone", StringComparison.Ordinal) ? "550 5.1.1 no such person" : null
        };
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var mailing = await site.MailAsync(
            [.. Enumerable.Range(0, 400).Select(number => $"{(number % oneIn is 0 ? "gone" : "here")}{number}@example.org")]);
        await site.SendMailsAsync(Cancel);

        var row = await site.MailingAsync(mailing);
        var count = (await site.Get<MailingService>().CountAsync(mailing, Cancel))!;
        Assert.Equal(state, row.State);
        Assert.True(count.AddsUp);
        Assert.Equal((count.Dead, count.Sent + count.Dead), (row.HardBounces, row.Tried));
        Assert.Equal(
            "5.1.1",
            (await site.Get<MailingService>().ListAsync(mailing, MailState.Dead, take: 1, cancellationToken: Cancel)).Single().Status);
        if (state is MailingState.Done)
            return;

        Assert.InRange(row.Tried, 200, 399);

        Assert.Contains("5 %", row.PausedBecause, StringComparison.Ordinal);
        Assert.True(await site.ResumeAsync(mailing));
        Assert.Equal((0, 0), ((await site.MailingAsync(mailing)).Tried, (await site.MailingAsync(mailing)).HardBounces));
    }

    [Theory]
    [InlineData(199, MailingState.Sending)]
    [InlineData(200, MailingState.Paused)]
    [InlineData(1000, MailingState.Paused)]
    [InlineData(1001, MailingState.Sending)]
    public async Task One_complaint_in_a_thousand_after_200_tries_pauses_a_mailing(int tried, MailingState state)
    {
        using var site = new TestSite().Start();
        var mailing = await site.MailAsync(["ada@example.org"]);
        await using var db = site.Database();
        await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Tried, tried), Cancel);

        await MailingAutoPause.ReportComplaintAsync(db, mailing, Cancel);

        Assert.Equal(state, (await site.MailingAsync(mailing)).State);
    }

    private static async Task<Guid> JoinAsync(NewsletterTestSite site, string email)
    {
        (await site.SubscribeAsync(email)).Dispose();
        await site.WorkAsync();
        await using var db = site.Site.Database();
        await db.Set<Subscriber>().ExecuteUpdateAsync(set => set.SetProperty(one => one.State, SubscriberState.Confirmed), Cancel);
        return await db.Set<Subscriber>().Select(one => one.Id).SingleAsync(Cancel);
    }
}
