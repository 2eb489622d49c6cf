using System.Net;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ArmTwitch.Tests.Newsletter.Issues;

public abstract class IssueServiceTests : IDisposable
{
    private const string File = """
        ---
        subject: Why sleep matters
        preheader: One new article, and a tip.
        articles: [one]
        ---

        Hello,

        this month: [a tip](/articles/one) for *calmer* arms.

        """;

    private static readonly Slug Name = Slug.Parse("why-sleep-matters");

    private readonly ContentCopy content = new();
    private readonly NewsletterTestSite site;

    protected IssueServiceTests(DatabaseKind database)
    {
        content.Write("newsletters/why-sleep-matters.md", File);
        site = new NewsletterTestSite(database, ("Content:Path", content.Folder));
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private IssueService Desk => site.Site.Get<IssueService>();

    [Fact]
    public async Task A_file_is_a_draft_with_a_preview()
    {
        var view = Assert.Single(await Desk.ListAsync(Stop));
        var (mail, _) = await Desk.PreviewAsync(Name, Stop);

        Assert.Equal((Name, "Why sleep matters", IssueState.Draft), (view.Slug, view.Subject, view.State));
        Assert.Contains("[No postal address yet: set Newsletter:PostalAddress]", mail!.Text, StringComparison.Ordinal);
        Assert.Contains("https://armtwitch.test/articles/one", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issue_goes_once_to_everybody_who_has_confirmed_and_is_on_the_web_then()
    {
        var ada = await site.JoinAsync("ada@example.org");
        await site.JoinAsync("bob@example.org");
        await site.AskAsync("never-confirmed@example.org");
        using var before = await site.GetAsync(Issue.AddressOf(Name));

        Assert.True((await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);
        var mails = await SendAsync();

        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Equal(["ada@example.org", "bob@example.org"], mails.Select(mail => mail.To.Mailboxes.Single().Address).Order());
        var view = await ViewAsync();
        Assert.Equal((IssueState.Sent, 2, 2, true), (view.State, view.Count!.Audience, view.Count.Sent, view.Count.AddsUp));
        var mail = mails.Single(one => one.To.Mailboxes.Single().Address == "ada@example.org");
        var link = $"https://armtwitch.test/newsletter/unsubscribe?token={await site.UnsubscribeTokenAsync(ada.Id)}";
        Assert.Equal($"<{link}>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Equal("ArmTwitch <newsletter.armtwitch.test>", mail.Headers[HeaderId.ListId]);
        Assert.Contains(link, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link}\"", mail.HtmlBody, StringComparison.Ordinal);
        using var web = await site.GetAsync(Issue.AddressOf(Name));
        using var home = await site.GetAsync("/newsletter");
        using var otherwise = await site.GetAsync("/newsletter/issues/Why-Sleep-Matters");
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, Issue.AddressOf(Name)), (otherwise.StatusCode, otherwise.Headers.Location?.ToString()));
        Assert.Contains("calmer", await web.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains(Issue.AddressOf(Name), await home.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.False((await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);
    }

    [Fact]
    public async Task Who_leaves_before_the_copy_goes_out_does_not_get_it()
    {
        var ada = await site.JoinAsync("ada@example.org");
        await site.JoinAsync("bob@example.org");
        await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();

        (await site.PostAsync(
            $"/newsletter/unsubscribe?token={await site.UnsubscribeTokenAsync(ada.Id)}", ("List-Unsubscribe", "One-Click"))).Dispose();
        var mails = await SendAsync();

        Assert.Equal("bob@example.org", Assert.Single(mails).To.Mailboxes.Single().Address);
        var count = (await ViewAsync()).Count!;
        Assert.Equal((2, 1, 1), (count.Audience, count.Sent, count.Suppressed));
    }

    [Fact]
    public async Task A_schedule_is_kept_and_may_be_changed()
    {
        await site.JoinAsync("ada@example.org");
        var now = site.Site.Clock.GetUtcNow();
        await Desk.ScheduleAsync(Name, "Ada", now.AddHours(1), Stop);
        await Desk.ScheduleAsync(Name, "Ada", now.AddHours(3), Stop);

        site.Site.Clock.Advance(TimeSpan.FromHours(2));
        await MoveAsync();
        var early = (await ViewAsync()).State;
        site.Site.Clock.Advance(TimeSpan.FromHours(2));
        await MoveAsync();

        Assert.Equal((IssueState.Scheduled, IssueState.Sending), (early, (await ViewAsync()).State));
    }

    [Fact]
    public async Task A_schedule_missed_by_more_than_six_hours_waits_for_a_person()
    {
        await site.JoinAsync("ada@example.org");
        await Desk.ScheduleAsync(Name, "Ada", site.Site.Clock.GetUtcNow().AddHours(1), Stop);
        site.Site.Clock.Advance(TimeSpan.FromHours(7) + TimeSpan.FromSeconds(1));

        await MoveAsync();
        var missed = await ViewAsync();
        var answer = await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();

        Assert.Equal((IssueState.Scheduled, true), (missed.State, missed.IsLate));
        Assert.True(answer.IsDone);
        Assert.Equal((IssueState.Sending, false), ((await ViewAsync()).State, (await ViewAsync()).IsLate));
    }

    [Fact]
    public async Task A_paused_issue_sends_nothing_until_it_is_resumed()
    {
        await site.JoinAsync("ada@example.org");
        await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();

        Assert.True((await Desk.PauseAsync(Name, "Ada", Stop)).IsDone);
        var paused = (await ViewAsync()).State;
        var none = await SendAsync();
        Assert.True((await Desk.ResumeAsync(Name, "Ada", Stop)).IsDone);
        var sent = await SendAsync();

        Assert.Equal(IssueState.Paused, paused);
        Assert.Equal((0, 1, IssueState.Sent), (none.Count, sent.Count, (await ViewAsync()).State));
    }

    [Fact]
    public async Task A_cancelled_issue_sends_nothing_more_and_still_adds_up()
    {
        await site.JoinAsync("ada@example.org");
        await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();

        Assert.True((await Desk.CancelAsync(Name, "Ada", Stop)).IsDone);
        var mails = await SendAsync();

        var view = await ViewAsync();
        Assert.Empty(mails);
        Assert.Equal((IssueState.Cancelled, 1, 1, true), (view.State, view.Count!.Audience, view.Count.Cancelled, view.Count.AddsUp));
        Assert.All(
            new[]
            {
                await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop),
                await Desk.PauseAsync(Name, "Ada", Stop),
                await Desk.ResumeAsync(Name, "Ada", Stop),
                await Desk.CancelAsync(Name, "Ada", Stop)
            }, answer => Assert.False(answer.IsDone));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.NotFound)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_cancelled_issue_stays_on_the_web_when_somebody_got_it(bool isSent, HttpStatusCode expected)
    {
        await site.JoinAsync("ada@example.org");
        await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();
        using var before = await site.GetAsync(Issue.AddressOf(Name));
        if (isSent)
            await site.Site.PutAsync(
                (await site.AllAsync<OutgoingMail>()).Single(mail => mail.MailingId is not null).Id, MailState.Sent, 1);

        await Desk.CancelAsync(Name, "Ada", Stop);
        await MoveAsync();

        using var web = await site.GetAsync(Issue.AddressOf(Name));
        using var home = await site.GetAsync("/newsletter");
        Assert.Equal((HttpStatusCode.OK, expected), (before.StatusCode, web.StatusCode));
        Assert.Equal(isSent, (await home.Content.ReadAsStringAsync(Stop)).Contains(Issue.AddressOf(Name), StringComparison.Ordinal));
        Assert.Equal(isSent, (await ViewAsync()).PublishedAt is not null);
    }

    [Theory]
    [InlineData("Mailings")]
    [InlineData("NewsletterIssueSteps")]
    public async Task An_issue_moves_together_with_its_mails_and_is_written_down_or_not_at_all(string table)
    {
        await site.JoinAsync("ada@example.org");
        await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();

        await FailsAsync(table, () => Desk.PauseAsync(Name, "Ada", Stop));
        await FailsAsync(table, () => Desk.CancelAsync(Name, "Ada", Stop));
        var running = await ViewAsync();
        await Desk.PauseAsync(Name, "Ada", Stop);
        await FailsAsync(table, () => Desk.ResumeAsync(Name, "Ada", Stop));

        Assert.Equal((IssueState.Sending, IssueState.Paused), (running.State, (await ViewAsync()).State));
        Assert.Equal(MailingState.Paused, Assert.Single(await site.AllAsync<Mailing>()).State);
        Assert.Equal(
            [IssueAuditAction.Paused, IssueAuditAction.SentNow], (await Desk.ListAuditEntriesAsync(Name, Stop)).Select(step => step.Act));
    }

    [Fact]
    public async Task What_is_only_a_file_is_given_up_by_deleting_it()
    {
        var answer = await Desk.CancelAsync(Name, "Ada", Stop);

        Assert.Contains("Delete newsletters/why-sleep-matters.md", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduled_issue_whose_file_has_gone_is_not_sent_and_says_why()
    {
        await site.JoinAsync("ada@example.org");
        await Desk.ScheduleAsync(Name, "Ada", site.Site.Clock.GetUtcNow().AddHours(1), Stop);
        System.IO.File.Delete(Path.Combine(content.Folder, "newsletters", "why-sleep-matters.md"));
        site.Site.Get<ArticleLibrary>().Reload();
        site.Site.Clock.Advance(TimeSpan.FromHours(1));

        await MoveAsync();

        var view = await ViewAsync();
        Assert.Equal(IssueState.PrepareFailed, view.State);
        Assert.Contains("newsletters/why-sleep-matters.md", view.Trouble, StringComparison.Ordinal);
        content.Write("newsletters/why-sleep-matters.md", File);
        site.Site.Get<ArticleLibrary>().Reload();
        Assert.True((await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);
        Assert.Single(await SendAsync());
    }

    [Fact]
    public async Task What_was_being_prepared_when_the_program_died_goes_on()
    {
        await site.JoinAsync("ada@example.org");
        await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await MoveAsync();
        await using (var db = site.Site.Database())
        {
            await db.Set<Issue>().ExecuteUpdateAsync(set => set.SetProperty(issue => issue.State, IssueState.Preparing), Stop);
            await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(mailing => mailing.State, MailingState.Held), Stop);
        }

        Assert.Single(await SendAsync());
        Assert.Equal(IssueState.Sent, (await ViewAsync()).State);
    }

    [Fact]
    public async Task Who_scheduled_paused_resumed_and_cancelled_it_is_written_down()
    {
        await site.JoinAsync("ada@example.org");
        var start = site.Site.Clock.GetUtcNow();
        await Desk.ScheduleAsync(Name, "Ada", start.AddHours(1), Stop);
        await Desk.ScheduleAsync(Name, "Grace", cancellationToken: Stop);
        await MoveAsync();
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Desk.PauseAsync(Name, "Joan", Stop);
        Assert.False((await Desk.PauseAsync(Name, "Too late", Stop)).IsDone);
        await MoveAsync();
        await Desk.ResumeAsync(Name, "Ada", Stop);
        await site.Site.Get<MailingService>().PauseAllAsync("A backup was restored.", Stop);
        await MoveAsync();
        await Desk.CancelAsync(Name, "Grace", Stop);

        Assert.Equal(
            [
                ("Ada", IssueAuditAction.Scheduled, start, start.AddHours(1), null),
                ("Grace", IssueAuditAction.SentNow, start, null, null),
                ("Joan", IssueAuditAction.Paused, start.AddMinutes(1), null, null),
                ("Ada", IssueAuditAction.Resumed, start.AddMinutes(1), null, null),
                (IssueStep.Program, IssueAuditAction.Paused, start.AddMinutes(1), null, "A backup was restored."),
                ("Grace", IssueAuditAction.Cancelled, start.AddMinutes(1), (DateTimeOffset?)null, (string?)null),
            ],
            (await Desk.ListAuditEntriesAsync(Name, Stop)).Reverse()
                .Select(step => (step.By, step.Act, step.At, step.ScheduledFor, step.Reason)));
    }

    [Fact]
    public async Task Two_editors_who_send_at_once_send_one_issue()
    {
        await site.JoinAsync("ada@example.org");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.Site.Get<IssueScheduler>().AdvanceAsync(Stop)));

        Assert.Single(await SendAsync());
        Assert.Single(await site.AllAsync<Mailing>(), mailing => mailing.State is not MailingState.Held);
    }

    [Fact]
    public async Task Nobody_is_sent_to_when_nobody_has_confirmed()
    {
        var answer = await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop);

        Assert.Contains("Nobody has confirmed", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_goes_to_the_editor_alone_and_ends_nothing()
    {
        Assert.True((await Desk.SendTestAsync(Name, "editor@example.org", Stop)).IsDone);
        var mail = Assert.Single(await SendAsync());

        Assert.Equal(("[Test] Why sleep matters", "editor@example.org"), (mail.Subject, mail.To.Mailboxes.Single().Address));
        Assert.DoesNotContain("{{", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(IssueState.Draft, (await ViewAsync()).State);
    }

    [Fact]
    public async Task A_digest_brings_what_is_new_since_the_last_issue()
    {
        await site.JoinAsync("ada@example.org");
        var first = (await Desk.MakeDigestAsync(Stop))!.Value;
        await Desk.ScheduleAsync(first, "Ada", cancellationToken: Stop);
        var mail = Assert.Single(await SendAsync());
        var nothing = await Desk.MakeDigestAsync(Stop);

        Assert.StartsWith("digest-2026-11-29", first.ToString(), StringComparison.Ordinal);
        Assert.Contains("/articles/one", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Null(nothing);
    }

    [Fact]
    public async Task Another_text_than_the_one_that_was_looked_at_is_not_sent()
    {
        await site.JoinAsync("ada@example.org");
        var seen = (await Desk.PreviewAsync(Name, Stop)).Mail!.Hash;
        Rewrite("calmer", "wilder");

        var answer = await Desk.ScheduleAsync(Name, "Ada", seen, cancellationToken: Stop);

        Assert.Contains("has changed since you looked at it", answer.Error, StringComparison.Ordinal);
        Assert.Equal(IssueState.Draft, (await ViewAsync()).State);
        Assert.Empty(await SendAsync());
        Rewrite("wilder", "calmer");
        Assert.True((await Desk.ScheduleAsync(Name, "Ada", seen, cancellationToken: Stop)).IsDone);
    }

    [Fact]
    public async Task An_article_that_changes_changes_the_text_that_was_looked_at()
    {
        var seen = (await Desk.PreviewAsync(Name, Stop)).Mail!.Hash;
        var path = Path.Combine(content.Folder, "articles", "one.md");
        await System.IO.File.WriteAllTextAsync(
            path, (await System.IO.File.ReadAllTextAsync(path, Stop)).Replace("summary: ", "summary: Now ", StringComparison.Ordinal),
            Stop);
        site.Site.Get<ArticleLibrary>().Reload();

        Assert.NotEqual(seen, (await Desk.PreviewAsync(Name, Stop)).Mail!.Hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_issue_whose_text_changes_before_its_time_asks_again(int hours)
    {
        await site.JoinAsync("ada@example.org");
        await Desk.ScheduleAsync(Name, "Ada", hours > 0 ? site.Site.Clock.GetUtcNow().AddHours(hours) : null, Stop);
        Rewrite("calmer", "wilder");
        site.Site.Clock.Advance(TimeSpan.FromHours(hours));

        await MoveAsync();

        var view = await ViewAsync();
        Assert.Equal(IssueState.PrepareFailed, view.State);
        Assert.Contains("has changed since somebody looked at it", view.Trouble, StringComparison.Ordinal);
        Assert.True((await Desk.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);
        Assert.Contains("wilder", Assert.Single(await SendAsync()).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_that_is_asked_for_twice_is_made_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Desk.MakeDigestAsync(Stop), Stop)));
        var again = await Desk.MakeDigestAsync(Stop);

        Assert.Single(made.Append(again).Distinct());
        Assert.Single(await site.AllAsync<Issue>());
    }

    [Fact]
    public async Task A_first_digest_brings_ten_articles_at_most()
    {
        for (var number = 0; number < 14; number++)
            content.WriteArticle($"more-{number}");
        site.Site.Get<ArticleLibrary>().Reload();

        var digest = (await Desk.MakeDigestAsync(Stop))!.Value;

        Assert.Equal(10, (await Desk.PreviewAsync(digest, Stop)).Mail!.Text.Split("https://armtwitch.test/articles/").Length - 1);
        Assert.EndsWith("and 9 more", (await ViewOfAsync(digest)).Subject, StringComparison.Ordinal);
    }

    /// <summary>Whatever the program looks at before: the database itself takes one.</summary>
    [Fact]
    public async Task The_database_takes_one_digest_after_an_issue()
    {
        await using var db = site.Site.Database();
        db.AddRange(Digest("one", IssueState.Cancelled), Digest("two", IssueState.Draft));
        await db.SaveChangesAsync(Stop);
        db.Add(Digest("three", IssueState.Draft));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));

        static Issue Digest(string name, IssueState state) => new()
        {
            Slug = Slug.Parse(name),
            Subject = "x",
            Preheader = "x",
            Source = "x",
            DigestAfter = Guid.Empty,
            State = state,
            CreatedAt = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero),
        };
    }

    [Fact]
    public async Task A_digest_brings_again_what_an_issue_would_have_brought_that_nobody_got()
    {
        await site.JoinAsync("ada@example.org");
        var first = (await Desk.MakeDigestAsync(Stop))!.Value;
        await Desk.ScheduleAsync(first, "Ada", cancellationToken: Stop);
        await MoveAsync();
        await Desk.CancelAsync(first, "Ada", Stop);
        await MoveAsync();

        Assert.NotNull(await Desk.MakeDigestAsync(Stop));
    }

    [Theory]
    [InlineData("subject: A", "4:1", "missing")]
    [InlineData("subject: A\npreheader: B\narticles: [onne]", "4:12", "Did you mean \"one\"?")]
    [InlineData("subject: A\npreheader: B\nnew: yes", "4:6", "Write true or false.")]
    [InlineData("subject: A\npreheader: B\nsubjct: C", "4:1", "Did you mean \"subject\"?")]
    public void A_fault_in_a_file_is_told_with_its_place_and_what_would_be_right(string front, string place, string right)
    {
        content.Write("newsletters/broken.md", $"---\n{front}\n---\n\nHello.\n");
        site.Site.Get<ArticleLibrary>().Reload();

        var diagnostic = Assert.Single(
            site.Site.Get<ArticleLibrary>().Current.Faults, diagnostic => diagnostic.File is "newsletters/broken.md");

        Assert.Null(site.Site.Get<ArticleLibrary>().Current.FindIssueFile(Slug.Parse("broken")));
        Assert.Contains(right, diagnostic.ToString(), StringComparison.Ordinal);
        if (right is not "missing")
            Assert.Contains($":{place}:", diagnostic.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        site.Dispose();
        content.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>While a table is out of reach.</summary>
    private async Task FailsAsync(string table, Func<Task<IssueActionResult>> act)
    {
        await using var db = site.Site.Database();
        await db.Database.ExecuteSqlRawAsync(Rename(table, "Away"), Stop);
        Assert.IsAssignableFrom<System.Data.Common.DbException>((await Assert.ThrowsAnyAsync<Exception>(act)).GetBaseException());
        await db.Database.ExecuteSqlRawAsync(Rename("Away", table), Stop);

        static string Rename(string from, string to) => $"""ALTER TABLE "{from}" RENAME TO "{to}" """;
    }

    private void Rewrite(string before, string after)
    {
        var path = Path.Combine(content.Folder, "newsletters", "why-sleep-matters.md");
        System.IO.File.WriteAllText(path, System.IO.File.ReadAllText(path).Replace(before, after, StringComparison.Ordinal));
        site.Site.Get<ArticleLibrary>().Reload();
    }

    private Task MoveAsync() => site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);

    /// <summary>Has everything moved on until nothing moves any more.</summary>
    /// <returns>The mails beside those of signing up.</returns>
    private async Task<IReadOnlyList<MimeMessage>> SendAsync()
    {
        await MoveAsync();
        var mails = await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        return [.. mails.Where(mail => !mail.Subject!.StartsWith("Confirm", StringComparison.Ordinal))];
    }

    private Task<IssueOverview> ViewAsync() => ViewOfAsync(Name);

    private async Task<IssueOverview> ViewOfAsync(Slug name) => (await Desk.FindAsync(name, Stop))!;
}

public sealed class IssueServiceTestsOnSqlite() : IssueServiceTests(DatabaseKind.Sqlite);

public sealed class IssueServiceTestsOnPostgres() : IssueServiceTests(DatabaseKind.Postgres);
