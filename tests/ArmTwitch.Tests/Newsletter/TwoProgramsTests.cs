using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Mail;
using ArmTwitch.Tests.Newsletter.Bounces;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Newsletter;

/// <summary>Two programs that do the same work on one database, and one that dies in it.</summary>
public abstract class TwoProgramsTests : IDisposable
{
    private static readonly Slug Name = Slug.Parse("hello");

    private readonly ContentCopy content = new();
    private readonly FailingCommandInterceptor database = new();
    private readonly NewsletterTestSite site;

    protected TwoProgramsTests(DatabaseKind kind)
    {
        Write("calmer");
        site = new NewsletterTestSite(kind, database, ("Content:Path", content.Folder));
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private IssueService Issues => site.Site.Get<IssueService>();

    [Fact]
    public async Task A_mailing_that_another_program_prepares_is_not_given_up_over_another_text()
    {
        await site.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        Write("wilder");
        var theirs = database.After("\"PreparedAt\" DESC", async () =>
        {
            var mailing = await site.Site.MakeMailingAsync();
            await using var db = site.Site.Database();
            await db.Set<Issue>().ExecuteUpdateAsync(set => set.SetProperty(issue => issue.MailingId, mailing), Stop);
            return mailing;
        });

        await MoveAsync();
        var begun = await ViewAsync();
        await MoveAsync();

        Assert.Equal((IssueState.Preparing, await theirs), (begun.State, begun.MailingId));
        Assert.Equal((IssueState.Sending, begun.MailingId), ((await ViewAsync()).State, (await ViewAsync()).MailingId));
    }

    [Fact]
    public async Task An_issue_without_recipients_is_given_up_and_can_be_sent_later()
    {
        var ada = await site.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await site.Site.Get<SubscriptionService>()
            .UnsubscribeAsync(await site.UnsubscribeTokenAsync(ada.Id), ConsentMethod.Link, cancellationToken: Stop);

        // The program dies before it can say so.
        database.RefuseOnce("\"Trouble\" = ");
        await Assert.ThrowsAnyAsync<Exception>(MoveAsync);
        await MoveAsync();
        var view = await ViewAsync();
        await site.JoinAsync("bob@example.org");
        Write("wilder");
        var preview = await Issues.PreviewAsync(Name, Stop);
        var answer = await Issues.ScheduleAsync(Name, "Ada", preview.Mail!.Hash, cancellationToken: Stop);
        await MoveAsync();

        Assert.Equal((IssueState.PrepareFailed, null), (view.State, view.MailingId));
        Assert.Contains("wilder", preview.Mail.Text, StringComparison.Ordinal);
        Assert.Null(answer.Error);
        Assert.Equal(IssueState.Sending, (await ViewAsync()).State);
        Assert.Equal(
            [MailingState.Sending, MailingState.Cancelled], (await site.AllAsync<Mailing>()).Select(mailing => mailing.State).Order());
    }

    [Fact]
    public async Task Another_reason_for_a_pause_is_told_by_one_of_two_programs_that_see_it()
    {
        await site.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();
        await site.Site.Get<MailingService>().PauseAllAsync("Too many recipients do not exist.", Stop);
        await MoveAsync();
        await using (var db = site.Site.Database())
            await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(one => one.PausedBecause, "A backup was restored."), Stop);
        var theirs = database.After("FROM \"Mailings\"", async () =>
        {
            await MoveAsync();
            return (await ViewAsync()).Trouble;
        });

        await MoveAsync();

        Assert.Equal("A backup was restored.", await theirs);
        Assert.Equal(
            ["Too many recipients do not exist.", "A backup was restored."],
            (await site.AllAsync<IssueAuditEntry>()).Where(entry => entry.Act is IssueAuditAction.Paused).OrderBy(entry => entry.Id)
                .Select(entry => entry.Reason));
    }

    [Fact]
    public async Task An_issue_is_cancelled_also_when_its_mails_have_to_wait_for_the_sender()
    {
        await site.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();
        database.RefuseOnce("UPDATE \"OutgoingMails\"");

        var answer = await Issues.CancelAsync(Name, "Ada", Stop);

        Assert.Null(answer.Error);
        await site.Site.SendMailsAsync(Stop);
        Assert.Equal(1, (await ViewAsync()).Count!.Cancelled);
    }

    [Fact]
    public async Task A_file_that_another_program_has_moved_is_read_again_under_the_same_name()
    {
        await site.JoinAsync("ada@example.org");
        var mail = (await site.AllAsync<OutgoingMail>()).Single();
        var file = Path.Combine(Directory.CreateDirectory(site.Site.Get<BounceFolderReader>().Folder).FullName, "1.eml");
        await WriteReportAsync();
        var moved = database.After("FROM \"OutgoingMails\"", MoveFileAsync, stop => Task.Delay(Timeout.Infinite, stop));

        var counted = await site.Site.Get<BounceFolderReader>().ReadAsync(Stop);
        await WriteReportAsync();
        await site.Site.Get<BounceFolderReader>().ReadAsync(Stop);

        Assert.Equal((1, true), (counted, await moved));
        Assert.False(System.IO.File.Exists(file));

        Task<bool> MoveFileAsync()
        {
            System.IO.File.Move(file, Path.Combine(site.Site.Get<BounceFolderReader>().Folder, "done", "theirs"));
            return Task.FromResult(true);
        }

        async Task WriteReportAsync()
        {
            await System.IO.File.WriteAllTextAsync(
                file,
                BounceFileReaderTests.Report(
                    $"Final-Recipient: rfc822; {mail.To}\nAction: failed\nStatus: 5.1.1",
                    original: $"Content-Type: message/rfc822\n\nMessage-ID: <{mail.MessageId}>\n\nx"),
                Stop);
            System.IO.File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    public void Dispose()
    {
        site.Dispose();
        content.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Write(string word)
    {
        content.Write("newsletters/hello.md", $"---\nsubject: Hello\npreheader: A tip\narticles: [one]\n---\n\nFor {word} arms.\n");
        site?.Site.Get<ArticleLibrary>().Reload();
    }

    private Task MoveAsync() => site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);

    private async Task<IssueOverview> ViewAsync() => (await Issues.FindAsync(Name, Stop))!;
}

public sealed class TwoProgramsTestsOnSqlite() : TwoProgramsTests(DatabaseKind.Sqlite);

public sealed class TwoProgramsTestsOnPostgres() : TwoProgramsTests(DatabaseKind.Postgres);
