using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using static ArmTwitch.Tests.Newsletter.Bounces.BounceReportFiles;

namespace ArmTwitch.Tests.Newsletter.Bounces;

public abstract class BounceFolderReaderTests(DatabaseKind database) : IDisposable
{
    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_report_in_the_folder_ends_the_subscription_it_is_about()
    {
        var subscriber = await site.JoinAsync("ada@example.org");

        await site.PutReportsAsync(Report("failed", "5.1.1", await site.AdasMessageIdAsync()));

        Assert.Equal(1, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
        Assert.Equal(SubscriberState.Bounced, await site.StateAsync(subscriber.Id));
        Assert.Empty(Directory.EnumerateFiles(site.Site.Get<BounceFolderReader>().Folder));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(site.Site.Get<BounceFolderReader>().Folder, "done")));
    }

    [Fact]
    public async Task A_report_that_names_an_unknown_mail_or_another_recipient_has_no_effect()
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        var id = await site.AdasMessageIdAsync();

        await site.PutReportsAsync(
            Report("failed", "5.1.1", $"{Guid.NewGuid():N}@armtwitch.test"),
            Report("failed", "5.1.1", id, "ada@example.org\nOriginal-Recipient: rfc822;eve@example.org"), Report("delayed", "4.4.1", id),
            "This is no mail");

        Assert.Equal(0, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
        Assert.Equal(
            (SubscriberState.Confirmed, ""),
            ((await site.FindAsync("ada@example.org")).State, (await site.FindAsync("ada@example.org")).Recent));
        Assert.Equal(subscriber.Id, (await site.FindAsync("ada@example.org")).Id);
    }

    [Fact]
    public async Task A_report_that_is_read_twice_counts_once()
    {
        await site.JoinAsync("ada@example.org");
        var report = Report("failed", "4.2.2", await site.AdasMessageIdAsync());

        await site.PutReportsAsync(report, report);
        var first = await site.Site.Get<BounceFolderReader>().ReadAsync(Stop);
        await site.PutReportsAsync(report);
        var again = await site.Site.Get<BounceFolderReader>().ReadAsync(Stop);

        Assert.Equal((1, 0, "s"), (first, again, (await site.FindAsync("ada@example.org")).Recent));
    }

    [Fact]
    public async Task A_complaint_that_is_read_twice_counts_once()
    {
        await site.JoinAsync("ada@example.org");
        var complaint = Complaint(await site.AdasMessageIdAsync());

        await site.PutReportsAsync(complaint, complaint);

        Assert.Equal(1, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
    }

    [Theory]
    [InlineData("5.1.1 (bad destination mailbox address)", SubscriberState.Bounced)]
    [InlineData("5.1.1234567890123456789", SubscriberState.Confirmed)]
    [InlineData("no number at all", SubscriberState.Confirmed)]
    [InlineData("", SubscriberState.Confirmed)]
    public async Task A_report_with_an_odd_status_is_read_all_the_same(string status, SubscriberState expected)
    {
        var subscriber = await site.JoinAsync("ada@example.org");

        await site.PutReportsAsync(Report("failed", status, await site.AdasMessageIdAsync()));

        Assert.Equal(1, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
        Assert.Equal(expected, await site.StateAsync(subscriber.Id));
    }

    [Fact]
    public async Task A_complaint_ends_every_mail_to_whoever_complained()
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        var before = (await site.WorkAsync()).Count;

        await site.PutReportsAsync(Complaint(await site.AdasMessageIdAsync()));
        await site.Site.Get<BounceFolderReader>().ReadAsync(Stop);
        (await site.SubscribeAsync("ada@example.org")).Dispose();

        Assert.Equal(SubscriberState.Complained, await site.StateAsync(subscriber.Id));
        Assert.True(await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", null, Stop));
        Assert.Equal(before, (await site.WorkAsync()).Count);
    }

    [Theory]
    [InlineData("5.1.1", MailingState.Paused)]
    [InlineData("5.7.1", MailingState.Sending)]
    public async Task An_issue_to_people_who_do_not_exist_pauses_also_by_reports_alone(
        string status, MailingState expected)
    {
        await site.JoinAsync("ada@example.org");
        var mailing = await site.Site.MailAsync(["ada@example.org"]);
        await using var db = site.Site.Database();
        await db.Set<Mailing>()
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Tried, 200).SetProperty(one => one.HardBounces, 9), Stop);
        var copy = Assert.Single(await site.Site.Get<MailingService>().ListAsync(mailing, MailState.Queued, cancellationToken: Stop));

        await site.PutReportsAsync(Report("failed", status, copy.MessageId));
        await site.Site.Get<BounceFolderReader>().ReadAsync(Stop);

        Assert.Equal(expected, (await site.Site.MailingAsync(mailing)).State);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_does_not_stop_the_others()
    {
        var subscriber = await site.JoinAsync("ada@example.org");

        await site.PutReportsAsync("", "\0\u0001\u0002 no mail at all", Report("failed", "5.1.1", await site.AdasMessageIdAsync()));

        Assert.Equal(1, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
        Assert.Equal(SubscriberState.Bounced, await site.StateAsync(subscriber.Id));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(site.Site.Get<BounceFolderReader>().Folder, "unreadable")));
        Assert.Equal(0, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
    }

    [Fact]
    public async Task An_opt_out_at_the_provider_unsubscribes_and_is_no_complaint()
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        var mailing = await site.Site.MailAsync(["ada@example.org"]);
        await site.Site.SendMailsAsync(Stop);
        var copy = Assert.Single(await site.Site.Get<MailingService>().ListAsync(mailing, MailState.Sent, cancellationToken: Stop));
        var report = BounceFileReaderTests.Feedback(
            "opt-out", "redacted@example.org", $"Content-Type: message/rfc822\n\nMessage-ID: <{copy.MessageId}>\n\nx");

        await site.PutReportsAsync(report, report);

        Assert.Equal(1, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
        Assert.Equal(SubscriberState.Unsubscribed, await site.StateAsync(subscriber.Id));
        Assert.Equal(0, (await site.Site.MailingAsync(mailing)).Complaints);
        Assert.Single(
            await site.AllAsync<ConsentRecord>(), record => record is { Kind: ConsentKind.Withdrawn, Method: ConsentMethod.MailServer });
        Assert.False(await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", null, Stop));
    }

    /// <summary>Whoever got a copy can make up as many reports on it as they like.</summary>
    [Theory]
    [InlineData(4, 0, MailingState.Sending)]
    [InlineData(5, 0, MailingState.Paused)]
    [InlineData(5, 100, MailingState.Paused)]
    [InlineData(5, 101, MailingState.Sending)]
    public async Task Many_reports_that_blame_the_sender_pause_the_issue_and_end_no_subscription(
        int returned, int tried, MailingState expected)
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        var mailing = await site.Site.MailAsync(
            ["ada@example.org", .. Enumerable.Range(0, 5).Select(number => $"reader{number}@example.org")]);
        await using var db = site.Site.Database();
        await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Tried, tried), Stop);
        var copies = (await site.Site.Get<MailingService>().ListAsync(mailing, MailState.Queued, cancellationToken: Stop))
            .OrderBy(copy => copy.To).Take(returned).ToList();
        foreach (var copy in copies)
            await site.Site.PutAsync(copy.Id, MailState.Sent, attempts: 1);

        await site.PutReportsAsync([.. copies.Concat(copies).Select(copy => Report("failed", "5.7.23", copy.MessageId, copy.To))]);
        Assert.Equal(returned, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));

        var row = await site.Site.MailingAsync(mailing);
        Assert.Equal(expected, row.State);
        Assert.Equal(expected is MailingState.Paused, row.PausedBecause?.Contains("5.7.23", StringComparison.Ordinal) is true);
        Assert.Equal(SubscriberState.Confirmed, await site.StateAsync(subscriber.Id));
    }

    [Fact]
    public async Task A_Message_ID_that_no_database_accepts_does_not_stop_other_reports()
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        var id = await site.AdasMessageIdAsync();

        await site.PutReportsAsync([
            .. Enumerable.Range(0, 3).Select(number => Report("failed", "5.1.1", $"0123456789abcdef0123456789abcde{number}@x\0y")),
            Report("failed", "5.1.1", id)]);

        Assert.Equal(1, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
        Assert.Equal(SubscriberState.Bounced, await site.StateAsync(subscriber.Id));
        Assert.Empty(Directory.EnumerateFiles(site.Site.Get<BounceFolderReader>().Folder));
    }

    [Fact]
    public async Task An_erasure_deletes_files_that_are_too_big_to_be_a_report_unread()
    {
        var unreadable = Directory.CreateDirectory(Path.Combine(site.Site.Get<BounceFolderReader>().Folder, "unreadable"));
        var big = Path.Combine(unreadable.FullName, "big.eml");
        await using (var sparse = System.IO.File.Create(big))
            sparse.SetLength(11_000_000);

        var parts = await site.Site.Get<PersonErasureService>().EraseAsync(new PersonAddress("eve@example.org", "eve@example.org"), Stop);

        Assert.Contains("1 file in data/bounces too big to be read: deleted, whomever it named.", parts.Select(part => part.Sentence));
        Assert.False(System.IO.File.Exists(big));
    }

    /// <summary>Mails about decisions had, in the past, a Message-ID that did not come from their own number.</summary>
    [Fact]
    public async Task A_complaint_about_a_decision_mail_reaches_its_mail()
    {
        await using (var db = site.Site.Database())
        {
            db.Add(new OutgoingMail
            {
                Cause = "decision",
                To = "grace@example.org",
                Subject = "About your comment",
                Text = "x",
                Html = "x",
                MessageId = "0198c1f0a0b070008000000000000009@armtwitch.test",
                QueuedAt = site.Site.Clock.GetUtcNow(),
                DueAt = site.Site.Clock.GetUtcNow(),
                State = MailState.Sent,
            });
            await db.SaveChangesAsync(Stop);
        }

        await site.PutReportsAsync(Complaint("0198c1f0a0b070008000000000000009@armtwitch.test"));

        Assert.Equal(1, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
        Assert.True(await site.Site.Get<SuppressionList>().ContainsAsync("grace@example.org", null, Stop));
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class BounceFolderReaderTestsOnSqlite() : BounceFolderReaderTests(DatabaseKind.Sqlite);

public sealed class BounceFolderReaderTestsOnPostgres() : BounceFolderReaderTests(DatabaseKind.Postgres);
