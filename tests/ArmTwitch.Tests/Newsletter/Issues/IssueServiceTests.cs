using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Newsletter.Issues;

public abstract class IssueServiceTests(DatabaseKind database) : IssueTestBase(database)
{
    [Fact]
    public async Task A_file_is_a_draft_with_a_preview()
    {
        var view = Assert.Single((await Issues.ListAsync(cancellationToken: Stop)).Issues);
        var (mail, _) = await Issues.PreviewAsync(Name, Stop);

        Assert.Equal((Name, "Why sleep matters", IssueState.Draft), (view.Slug, view.Subject, view.State));
        Assert.Contains("[No postal address yet: set Newsletter:PostalAddress]", mail!.Text, StringComparison.Ordinal);
        Assert.Contains("https://armtwitch.test/articles/one", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-10", "", "appears 10 Dec 2026")]
    [InlineData("2026-12-02", "draft: true", "is a draft")]
    [InlineData("2026-12-01", "", null)]
    public async Task A_scheduled_issue_says_at_once_that_it_will_not_go_out(string published, string frontMatter, string? why)
    {
        await Newsletter.JoinAsync("ada@example.org");
        Content.WriteArticle("later", published: "2026-12-02");
        Rewrite("articles: [one]", "articles: [later]");
        Assert.True((await Issues.ScheduleAsync(Name, "Ada", Newsletter.Site.Clock.GetUtcNow().AddDays(3), Stop)).IsDone);
        Assert.Null((await ViewAsync()).Obstacle);

        Content.WriteArticle("later", frontMatter: frontMatter, published: published);
        Reload();

        Assert.All(
            [await ViewAsync(), (await Issues.ListAsync(cancellationToken: Stop)).Issues[0], (await Issues.ListOpenAsync(Stop))[0]],
            view => Assert.Contains(why ?? "", view.Obstacle ?? "", StringComparison.Ordinal));
        Assert.Equal(why is null, (await ViewAsync()).Obstacle is null);
    }

    [Fact]
    public async Task A_paused_issue_sends_nothing_until_it_is_resumed()
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();

        Assert.True((await Issues.PauseAsync(Name, "Ada", Stop)).IsDone);
        var paused = (await ViewAsync()).State;
        var none = await SendAsync();
        Assert.True((await Issues.ResumeAsync(Name, "Ada", Stop)).IsDone);
        var sent = await SendAsync();

        Assert.Equal(IssueState.Paused, paused);
        Assert.Equal((0, 1, IssueState.Sent), (none.Count, sent.Count, (await ViewAsync()).State));
    }

    [Fact]
    public async Task A_cancelled_issue_sends_nothing_more_and_still_adds_up()
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();

        Assert.True((await Issues.CancelAsync(Name, "Ada", Stop)).IsDone);
        var mails = await SendAsync();

        var view = await ViewAsync();
        Assert.Empty(mails);
        Assert.Equal((IssueState.Cancelled, 1, 1, true), (view.State, view.Count!.Audience, view.Count.Cancelled, view.Count.AddsUp));
        Assert.All(
            new[]
            {
                await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop),
                await Issues.PauseAsync(Name, "Ada", Stop),
                await Issues.ResumeAsync(Name, "Ada", Stop),
                await Issues.CancelAsync(Name, "Ada", Stop)
            }, answer => Assert.False(answer.IsDone));
    }

    [Fact]
    public async Task What_a_command_says_of_a_copy_stands_in_the_audit_of_its_issue_as_what_an_editor_says()
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();
        var copy = (await Newsletter.AllAsync<OutgoingMail>()).Single(mail => mail.MailingId is not null);
        await Newsletter.Site.PutAsync(copy.Id, MailState.InDoubt, 1);
        await using var output = new StringWriter();

        var exit = await OutboxAdministration.ResolveAsync(Newsletter.Site.Services, $"{copy.Id}", "sent", output, Stop);
        var again = await OutboxAdministration.ResolveAsync(Newsletter.Site.Services, $"{copy.Id}", "sent", output, Stop);

        Assert.Equal((0, 1), (exit, again));
        var steps = await Issues.ListAuditEntriesAsync(Name, Stop);
        Assert.Equal(
            (IssueAuditAction.CopiesSettled, IssueAuditEntry.CommandLine, "1 copy"), (steps[0].Act, steps[0].By, steps[0].Reason));
        Assert.Equal(2, steps.Count);
    }

    [Theory]
    [InlineData("Mailings")]
    [InlineData("NewsletterIssueSteps")]
    public async Task State_mailing_and_audit_entry_change_together_or_not_at_all(string table)
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();

        await FailsAsync(table, () => Issues.PauseAsync(Name, "Ada", Stop));
        await FailsAsync(table, () => Issues.CancelAsync(Name, "Ada", Stop));
        var running = await ViewAsync();
        await Issues.PauseAsync(Name, "Ada", Stop);
        await FailsAsync(table, () => Issues.ResumeAsync(Name, "Ada", Stop));

        Assert.Equal((IssueState.Sending, IssueState.Paused), (running.State, (await ViewAsync()).State));
        Assert.Equal(MailingState.Paused, Assert.Single(await Newsletter.AllAsync<Mailing>()).State);
        Assert.Equal(
            [IssueAuditAction.Paused, IssueAuditAction.SentNow], (await Issues.ListAuditEntriesAsync(Name, Stop)).Select(step => step.Act));
    }

    [Fact]
    public async Task An_issue_that_is_only_a_file_is_given_up_by_deleting_it()
    {
        var answer = await Issues.CancelAsync(Name, "Ada", Stop);

        Assert.Contains("Delete newsletters/why-sleep-matters.md", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_says_who_scheduled_paused_resumed_and_cancelled_it()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var start = Newsletter.Site.Clock.GetUtcNow();
        await Issues.ScheduleAsync(Name, "Ada", start.AddHours(1), Stop);
        await Issues.ScheduleAsync(Name, "Grace", cancellationToken: Stop);
        await AdvanceAsync();
        Newsletter.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Issues.PauseAsync(Name, "Joan", Stop);
        Assert.False((await Issues.PauseAsync(Name, "Too late", Stop)).IsDone);
        await AdvanceAsync();
        await Issues.ResumeAsync(Name, "Ada", Stop);
        await Newsletter.Site.Get<MailingService>().PauseAllAsync("A backup was restored.", Stop);
        await AdvanceAsync();
        await Issues.CancelAsync(Name, "Grace", Stop);

        Assert.Equal(
            [
                ("Ada", IssueAuditAction.Scheduled, start, start.AddHours(1), null),
                ("Grace", IssueAuditAction.SentNow, start, null, null),
                ("Joan", IssueAuditAction.Paused, start.AddMinutes(1), null, null),
                ("Ada", IssueAuditAction.Resumed, start.AddMinutes(1), null, null),
                (IssueAuditEntry.Program, IssueAuditAction.Paused, start.AddMinutes(1), null, "A backup was restored."),
                ("Grace", IssueAuditAction.Cancelled, start.AddMinutes(1), (DateTimeOffset?)null, (string?)null),
            ],
            (await Issues.ListAuditEntriesAsync(Name, Stop)).Reverse()
                .Select(step => (step.By, step.Act, step.At, step.ScheduledFor, step.Reason)));
    }

    [Fact]
    public async Task Nobody_is_sent_to_when_nobody_has_confirmed()
    {
        var answer = await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);

        Assert.Contains("Nobody has confirmed", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_goes_to_the_editor_alone_and_changes_nothing()
    {
        Assert.True((await Issues.SendTestAsync(Name, "editor@example.org", Stop)).IsDone);
        var mail = Assert.Single(await SendAsync());

        Assert.Equal(("[Test] Why sleep matters", "editor@example.org"), (mail.Subject, mail.To.Mailboxes.Single().Address));
        Assert.DoesNotContain("{{", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(IssueState.Draft, (await ViewAsync()).State);
    }

    [Fact]
    public async Task Another_text_than_the_one_that_was_looked_at_is_not_sent()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var seen = (await Issues.PreviewAsync(Name, Stop)).Mail!.Hash;
        Rewrite("calmer", "wilder");

        var answer = await Issues.ScheduleAsync(Name, "Ada", seen, cancellationToken: Stop);

        Assert.Contains("has changed since you looked at it", answer.Error, StringComparison.Ordinal);
        Assert.Equal(IssueState.Draft, (await ViewAsync()).State);
        Assert.Empty(await SendAsync());
        Rewrite("wilder", "calmer");
        Assert.True((await Issues.ScheduleAsync(Name, "Ada", seen, cancellationToken: Stop)).IsDone);
    }

    [Fact]
    public async Task A_change_of_an_article_changes_the_text_that_was_looked_at()
    {
        var seen = (await Issues.PreviewAsync(Name, Stop)).Mail!.Hash;
        var path = Path.Combine(Content.Folder, "articles", "one.md");
        await File.WriteAllTextAsync(
            path, (await File.ReadAllTextAsync(path, Stop)).Replace("summary: ", "summary: Now ", StringComparison.Ordinal),
            Stop);
        Reload();

        Assert.NotEqual(seen, (await Issues.PreviewAsync(Name, Stop)).Mail!.Hash);
    }

    /// <summary>Asserts that the action fails while a table is missing.</summary>
    private async Task FailsAsync(string table, Func<Task<IssueActionResult>> act)
    {
        await using var db = Newsletter.Site.Database();
        await db.Database.ExecuteSqlRawAsync(Rename(table, "Away"), Stop);
        Assert.IsAssignableFrom<System.Data.Common.DbException>((await Assert.ThrowsAnyAsync<Exception>(act)).GetBaseException());
        await db.Database.ExecuteSqlRawAsync(Rename("Away", table), Stop);

        static string Rename(string from, string to) => $"""ALTER TABLE "{from}" RENAME TO "{to}" """;
    }
}

public sealed class IssueServiceTestsOnSqlite() : IssueServiceTests(DatabaseKind.Sqlite);

public sealed class IssueServiceTestsOnPostgres() : IssueServiceTests(DatabaseKind.Postgres);
