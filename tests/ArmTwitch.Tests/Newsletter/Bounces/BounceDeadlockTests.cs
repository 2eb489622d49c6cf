using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Newsletter.Bounces;

/// <summary>What PostgreSQL would end as a deadlock: bounces and sender write to the same mailings and subscribers.</summary>
public sealed class BounceDeadlockTests : IDisposable
{
    private readonly NewsletterTestSite site = new(DatabaseKind.Postgres);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Theory]
    [InlineData("5.1.1")]
    [InlineData("4.2.2")]
    [InlineData(null)]
    public async Task Bounces_and_the_sender_never_wait_for_each_other_in_a_circle(string? status)
    {
        await site.JoinAsync("ada@example.org");
        var outbox = site.Site.Get<Outbox>();
        var first = await site.Site.MailAsync(["ada@example.org", "bob@example.org"]);
        var second = await site.Site.MailAsync(["ada@example.org"]);
        var mails = await TakeAsync(outbox, 3);
        await outbox.RecordAndClaimAsync([Taken(mails, first, "ada")], [], 0, [site.Site.Get<BounceHandler>()], Stop);
        await PutAsync(mails.Single(mail => mail.MailingId == first && mail.To.StartsWith("ada", StringComparison.Ordinal)), status);

        // The report on Ada's first copy comes while the sender, which holds both mailings, has not come to the subscribers yet.
        Task<int>? reading = null;
        var pause = new PausingOutcomeHandler(async () =>
        {
            reading = Task.Run(() => site.Site.Get<BounceFolderReader>().ReadAsync(Stop), Stop);
            await site.Site.AwaitLockAsync(Stop);
        });
        await outbox.RecordAndClaimAsync(
            [Taken(mails, first, "bob"), Refused(mails, second, "ada")], [], 0, [pause, site.Site.Get<BounceHandler>()], Stop);

        Assert.Equal(1, await reading!);
        Assert.Equal(
            status is "5.1.1" ? SubscriberState.Bounced : status is null ? SubscriberState.Complained : SubscriberState.Confirmed,
            (await site.FindAsync("ada@example.org")).State);
        Assert.Equal(status is null ? 1 : 0, (await site.Site.MailingAsync(first)).Complaints);
    }

    [Fact]
    public async Task An_erasure_and_the_sender_never_wait_for_each_other_in_a_circle()
    {
        await site.JoinAsync("ada@example.org");
        Assert.True(EmailAddress.TryParse("ada@example.org", out var address));
        var (outbox, first) = (site.Site.Get<Outbox>(), await site.Site.MailAsync(["ada@example.org"]));
        await site.Site.MailAsync(["ada@example.org"]);
        var claimed = (await outbox.RecordAndClaimAsync([], [], 2, [], Stop)).Claimed;
        var sent = claimed.Single(mail => mail.MailingId == first);
        await outbox.RecordAndClaimAsync([], [sent], 0, [], Stop);

        // The erasure comes while the sender, which holds the copy that was taken, has not come to the one that goes next.
        Task<bool>? erasing = null;
        var pause = new PausingOutcomeHandler(async () =>
        {
            erasing = Task.Run(() => site.Site.Get<SubscriptionService>().EraseAsync(address, Stop), Stop);
            await site.Site.AwaitLockAsync(Stop);
        });
        await outbox.RecordAndClaimAsync([Taken(claimed, first, "ada")], [.. claimed.Where(mail => mail != sent)], 0, [pause], Stop);

        Assert.True(await erasing!);
    }

    [Fact]
    public async Task Files_that_the_database_fails_on_come_last_in_the_next_round()
    {
        var bob = await site.JoinAsync("bob@example.org");
        await site.JoinAsync("ada@example.org");
        var mails = await site.AllAsync<OutgoingMail>();
        await using (var db = site.Site.Database())
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$;
                CREATE TRIGGER fail BEFORE UPDATE ON "OutgoingMails" FOR EACH ROW WHEN (NEW."To" = 'ada@example.org') EXECUTE FUNCTION fail();
                """,
                Stop);
        }

        foreach (var name in new[] { "a", "b", "c" })
            await PutAsync(mails.Single(mail => mail.To == "ada@example.org"), "5.1.1", name);
        await PutAsync(mails.Single(mail => mail.To == "bob@example.org"), "5.1.1", "d");

        await Assert.ThrowsAnyAsync<Exception>(() => site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
        await Assert.ThrowsAnyAsync<Exception>(() => site.Site.Get<BounceFolderReader>().ReadAsync(Stop));

        Assert.Equal(SubscriberState.Bounced, await site.StateAsync(bob.Id));
    }

    private static MailSendResult Taken(IEnumerable<OutgoingMail> mails, Guid mailing, string name) =>
        new(Find(mails, mailing, name), new SendResult(SendVerdict.Accepted, "250 ok"));

    private static MailSendResult Refused(IEnumerable<OutgoingMail> mails, Guid mailing, string name) =>
        new(Find(mails, mailing, name), new SendResult(SendVerdict.Never, "552 5.2.2 full", "5.2.2"));

    private static OutgoingMail Find(IEnumerable<OutgoingMail> mails, Guid mailing, string name) =>
        mails.Single(mail => mail.MailingId == mailing && mail.To.StartsWith(name, StringComparison.Ordinal));

    private static async Task<IReadOnlyList<OutgoingMail>> TakeAsync(Outbox outbox, int most)
    {
        var claimed = (await outbox.RecordAndClaimAsync([], [], most, [], Stop)).Claimed;
        return (await outbox.RecordAndClaimAsync([], [.. claimed], 0, [], Stop)).Submitted;
    }

    private async Task PutAsync(OutgoingMail mail, string? status, string name = "one")
    {
        var folder = Directory.CreateDirectory(site.Site.Get<BounceFolderReader>().Folder);
        var file = Path.Combine(folder.FullName, $"{name}.eml");
        var original = $"Content-Type: message/rfc822\n\nMessage-ID: <{mail.MessageId}>\n\nx";
        await File.WriteAllTextAsync(
            file,
            status is null
                ? BounceFileReaderTests.Feedback("abuse", "x@example.org", original)
                : BounceFileReaderTests.Report($"Final-Recipient: rfc822; {mail.To}\nAction: failed\nStatus: {status}", original: original),
            Stop);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc));
    }

    private sealed class PausingOutcomeHandler(Func<Task> pause) : IMailOutcomeHandler
    {
        public Task HandleAsync(ArmTwitchDb db, IReadOnlyList<MailOutcome> outcomes, CancellationToken cancellationToken) => pause();
    }
}
