using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Mail.Sending;

/// <summary>When a mail is tried again, and when no more.</summary>
public sealed class MailRetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_refused_for_now_is_retried_by_plan_and_refused_after_the_last_try(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.To ? "450 later" : null };
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var mail = await site.QueueAsync();
        await site.SendMailsAsync(Cancel);

        foreach (var (minutes, tries) in new[] { (1, 1), (5, 2), (15, 3), (60, 4), (240, 5) })
        {
            var row = await site.ReadAsync(mail.Id);
            Assert.Equal((MailState.Queued, tries, site.Clock.GetUtcNow().AddMinutes(minutes)), (row.State, row.Attempts, row.DueAt));
            site.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            await site.SendMailsAsync(Cancel);
            Assert.Equal(tries, (await site.ReadAsync(mail.Id)).Attempts);
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            await site.SendMailsAsync(Cancel);
        }

        var dead = await site.ReadAsync(mail.Id);
        Assert.Equal((MailState.Dead, 6, site.Clock.GetUtcNow()), (dead.State, dead.Attempts, dead.DueAt));
    }

    [Fact]
    public async Task A_mail_is_refused_24_hours_after_its_first_try()
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.To ? "450 later" : null };
        using var site =
            new TestSite(settings: [.. sink.Settings(), ("Mail:RetryMinutes:0", "1440"), ("Mail:RetryMinutes:1", "1440")]).Start();
        var mail = await site.QueueAsync();
        // The time before the first try does not count.
        site.Clock.Advance(TimeSpan.FromHours(24));
        await site.SendMailsAsync(Cancel);
        Assert.Equal(MailState.Queued, (await site.ReadAsync(mail.Id)).State);
        site.Clock.Advance(TimeSpan.FromHours(24));

        await site.SendMailsAsync(Cancel);

        Assert.Equal((MailState.Dead, 2), ((await site.ReadAsync(mail.Id)).State, (await site.ReadAsync(mail.Id)).Attempts));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task An_unknown_mail_that_may_repeat_is_sent_again_with_the_same_Message_ID(DatabaseKind database)
    {
        var isBroken = true;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Dot && isBroken ? FakeSmtpServer.Drop : null;
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var harmless = await site.QueueAsync("confirm");
        var copy = await site.QueueAsync("issue 1", mayRepeat: false);
        await site.SendMailsAsync(Cancel);
        isBroken = false;

        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.SendMailsAsync(Cancel);

        Assert.Equal(harmless.MessageId, Assert.Single(sink.Mails).MessageId);
        Assert.Equal(MailState.Sent, (await site.ReadAsync(harmless.Id)).State);
        Assert.Equal(MailState.InDoubt, (await site.ReadAsync(copy.Id)).State);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_jumps_by_a_day_delays_nothing_and_doubles_nothing(int days)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(settings: sink.Settings()).Start();
        var outbox = site.Get<Outbox>();
        var (waits, claimed, held) = (
            await site.QueueAsync("waits"), await site.QueueAsync("claimed", priority: -1),
            await site.QueueAsync("on its way", priority: -2, mayRepeat: false));
        var mine = await outbox.ClaimAsync();
        await outbox.SubmitAsync(mine!);
        await outbox.ClaimAsync();
        Assert.Equal((held.Id, MailState.Claimed), (mine!.Id, (await site.ReadAsync(claimed.Id)).State));

        site.Clock.AdjustTime(site.Clock.GetUtcNow().AddDays(days));
        await site.SendMailsAsync(Cancel);

        Assert.Equal([waits.MessageId, claimed.MessageId], sink.Mails.Select(mail => mail.MessageId).Order());
        Assert.Equal(MailState.InDoubt, (await site.ReadAsync(held.Id)).State);
        Assert.True(await outbox.RecordAsync(mine, SendVerdict.Accepted));
        Assert.Equal(MailState.Sent, (await site.ReadAsync(held.Id)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task An_acceptance_that_comes_after_the_lease_stops_the_second_try(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var outbox = site.Get<Outbox>();
        await site.QueueAsync();
        var first = await outbox.ClaimAsync();
        await outbox.SubmitAsync(first!);
        site.Clock.Advance(TimeSpan.FromSeconds(121));
        await site.Get<OutboxRecovery>().RecoverAsync(Cancel);
        await site.Get<OutboxRecovery>().RecoverAsync(Cancel);
        var second = await outbox.ClaimAsync();
        Assert.NotNull(second);

        Assert.True(await outbox.RecordAsync(first!, SendVerdict.Accepted, "250 taken"));

        Assert.False(await outbox.SubmitAsync(second));
        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);
        Assert.Equal(MailState.Sent, (await site.ReadAsync(first!.Id)).State);
    }
}
