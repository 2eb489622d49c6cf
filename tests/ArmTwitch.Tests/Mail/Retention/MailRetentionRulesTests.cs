using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Mail.Retention;

public sealed class MailRetentionRulesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Texts_links_and_addresses_are_deleted_after_30_days_and_states_stay(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var mailing = await site.MailAsync(["ada@example.org", "grace@example.org"]);
        var single = await site.QueueAsync("confirm");
        var doubtful = await site.QueueAsync("decision", mayRepeat: false);
        await site.PutAsync(doubtful.Id, MailState.InDoubt, 1);
        await site.SendMailsAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromDays(29));
        await site.Get<RetentionService>().ApplyRulesAsync(Cancel);
        Assert.NotEmpty((await site.MailingAsync(mailing)).Text);

        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.Get<RetentionService>().ApplyRulesAsync(Cancel);

        var pruned = await site.MailingAsync(mailing);
        Assert.Equal(("", "", MailingState.Done), (pruned.Text, pruned.Html, pruned.State));
        Assert.All(
            await site.Get<MailingService>().ListAsync(mailing, MailState.Sent, cancellationToken: Cancel),
            mail => Assert.Equal((null, null), (mail.UnsubscribeAddress, mail.ManageAddress)));
        Assert.Equal(2, (await site.Get<MailingService>().CountAsync(mailing, Cancel))!.Sent);
        await using (var db = site.Database())
            Assert.All(
                await db.Set<OutgoingMail>().ToListAsync(Cancel),
                mail => Assert.Equal((mailing, true), (mail.MailingId, mail.To.EndsWith("@invalid", StringComparison.Ordinal))));
        var copy = (await site.Get<MailingService>().ListAsync(mailing, MailState.Sent, cancellationToken: Cancel))[0];
        await site.PutAsync(copy.Id, MailState.InDoubt, 1);
        Assert.False(await site.Get<Outbox>().ResolveAsync(copy.Id, MailState.Queued, Cancel));
        Assert.True(await site.Get<Outbox>().ResolveAsync(copy.Id, MailState.Sent, Cancel));
    }
}
