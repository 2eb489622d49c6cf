using System.Net;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace ArmTwitch.Tests.Newsletter.Issues;

public abstract class IssueSchedulerTests(DatabaseKind database) : IssueTestBase(database)
{
    [Fact]
    public async Task An_issue_goes_once_to_everybody_who_has_confirmed_and_is_then_on_the_web()
    {
        var ada = await Newsletter.JoinAsync("ada@example.org");
        await Newsletter.JoinAsync("bob@example.org");
        await Newsletter.AskAsync("never-confirmed@example.org");
        using var before = await Newsletter.GetAsync(Issue.AddressOf(Name));

        Assert.True((await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);
        var mails = await SendAsync();

        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Equal(["ada@example.org", "bob@example.org"], mails.Select(mail => mail.To.Mailboxes.Single().Address).Order());
        var view = await ViewAsync();
        Assert.Equal((IssueState.Sent, 2, 2, true), (view.State, view.Count!.Audience, view.Count.Sent, view.Count.AddsUp));
        var mail = mails.Single(one => one.To.Mailboxes.Single().Address == "ada@example.org");
        var link = $"https://armtwitch.test/newsletter/unsubscribe?token={await Newsletter.UnsubscribeTokenAsync(ada.Id)}";
        Assert.Equal($"<{link}>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Equal("ArmTwitch <newsletter.armtwitch.test>", mail.Headers[HeaderId.ListId]);
        Assert.Contains(link, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link}\"", mail.HtmlBody, StringComparison.Ordinal);
        using var web = await Newsletter.GetAsync(Issue.AddressOf(Name));
        using var home = await Newsletter.GetAsync("/newsletter");
        using var otherwise = await Newsletter.GetAsync("/newsletter/issues/Why-Sleep-Matters");
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, Issue.AddressOf(Name)), (otherwise.StatusCode, otherwise.Headers.Location?.ToString()));
        Assert.Contains("calmer", await web.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains(Issue.AddressOf(Name), await home.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.False((await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);
    }

    [Fact]
    public async Task Whoever_leaves_before_the_copy_goes_out_does_not_get_it()
    {
        var ada = await Newsletter.JoinAsync("ada@example.org");
        await Newsletter.JoinAsync("bob@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();

        (await Newsletter.PostAsync(
            $"/newsletter/unsubscribe?token={await Newsletter.UnsubscribeTokenAsync(ada.Id)}", ("List-Unsubscribe", "One-Click"))).Dispose();
        var mails = await SendAsync();

        Assert.Equal("bob@example.org", Assert.Single(mails).To.Mailboxes.Single().Address);
        var count = (await ViewAsync()).Count!;
        Assert.Equal((2, 1, 1), (count.Audience, count.Sent, count.Suppressed));
    }

    [Fact]
    public async Task A_schedule_is_kept_and_may_be_changed()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var now = Newsletter.Site.Clock.GetUtcNow();
        await Issues.ScheduleAsync(Name, "Ada", now.AddHours(1), Stop);
        await Issues.ScheduleAsync(Name, "Ada", now.AddHours(3), Stop);

        Newsletter.Site.Clock.Advance(TimeSpan.FromHours(2));
        await AdvanceAsync();
        var early = (await ViewAsync()).State;
        Newsletter.Site.Clock.Advance(TimeSpan.FromHours(2));
        await AdvanceAsync();

        Assert.Equal((IssueState.Scheduled, IssueState.Sending), (early, (await ViewAsync()).State));
    }

    [Fact]
    public async Task A_schedule_missed_by_more_than_six_hours_waits_for_a_person()
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", Newsletter.Site.Clock.GetUtcNow().AddHours(1), Stop);
        Newsletter.Site.Clock.Advance(TimeSpan.FromHours(7) + TimeSpan.FromSeconds(1));

        await AdvanceAsync();
        var missed = await ViewAsync();
        var answer = await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();

        Assert.Equal((IssueState.Scheduled, true), (missed.State, missed.IsLate));
        Assert.True(answer.IsDone);
        Assert.Equal((IssueState.Sending, false), ((await ViewAsync()).State, (await ViewAsync()).IsLate));
    }

    [Theory]
    [InlineData(1, IssueState.Scheduled)]
    [InlineData(0, IssueState.Sending)]
    public async Task While_the_clocks_differ_only_what_an_editor_sends_at_once_goes_out(int hours, IssueState expected)
    {
        await Newsletter.JoinAsync("ada@example.org");
        var there = new FakeTimeProvider(Newsletter.Site.Clock.GetUtcNow());
        Newsletter.Site.Clock.Advance(TimeSpan.FromDays(1));
        var clocks = new ClockComparison(new ProgramClock(there), Newsletter.Site.Clock, NullLogger<ClockComparison>.Instance);
        var scheduler = ActivatorUtilities.CreateInstance<IssueScheduler>(Newsletter.Site.Services, clocks);
        await Issues.ScheduleAsync(Name, "Ada", hours > 0 ? Newsletter.Site.Clock.GetUtcNow().AddHours(hours) : null, Stop);
        Newsletter.Site.Clock.Advance(TimeSpan.FromHours(hours));

        await scheduler.AdvanceAsync(Stop);
        Assert.Equal(expected, (await ViewAsync()).State);

        there.SetUtcNow(Newsletter.Site.Clock.GetUtcNow());
        await scheduler.AdvanceAsync(Stop);
        Assert.Equal(IssueState.Sending, (await ViewAsync()).State);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.NotFound)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_cancelled_issue_stays_on_the_web_when_somebody_got_it(bool isSent, HttpStatusCode expected)
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();
        using var before = await Newsletter.GetAsync(Issue.AddressOf(Name));
        if (isSent)
            await Newsletter.Site.PutAsync(
                (await Newsletter.AllAsync<OutgoingMail>()).Single(mail => mail.MailingId is not null).Id, MailState.Sent, 1);

        await Issues.CancelAsync(Name, "Ada", Stop);
        await AdvanceAsync();

        using var web = await Newsletter.GetAsync(Issue.AddressOf(Name));
        using var home = await Newsletter.GetAsync("/newsletter");
        Assert.Equal((HttpStatusCode.OK, expected), (before.StatusCode, web.StatusCode));
        Assert.Equal(isSent, (await home.Content.ReadAsStringAsync(Stop)).Contains(Issue.AddressOf(Name), StringComparison.Ordinal));
        Assert.Equal(isSent, (await ViewAsync()).PublishedAt is not null);
    }

    [Fact]
    public async Task A_scheduled_issue_whose_file_has_gone_is_not_sent_and_says_why()
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", Newsletter.Site.Clock.GetUtcNow().AddHours(1), Stop);
        File.Delete(Path.Combine(Content.Folder, "newsletters", "why-sleep-matters.md"));
        Reload();
        Newsletter.Site.Clock.Advance(TimeSpan.FromHours(1));

        await AdvanceAsync();

        var view = await ViewAsync();
        Assert.Equal(IssueState.PrepareFailed, view.State);
        Assert.Contains("newsletters/why-sleep-matters.md", view.Trouble, StringComparison.Ordinal);
        WriteFile();
        Reload();
        Assert.True((await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);
        Assert.Single(await SendAsync());
    }

    [Fact]
    public async Task What_was_being_prepared_when_the_program_crashed_goes_on()
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await AdvanceAsync();
        await using (var db = Newsletter.Site.Database())
        {
            await db.Set<Issue>().ExecuteUpdateAsync(set => set.SetProperty(issue => issue.State, IssueState.Preparing), Stop);
            await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(mailing => mailing.State, MailingState.Held), Stop);
        }

        Assert.Single(await SendAsync());
        Assert.Equal(IssueState.Sent, (await ViewAsync()).State);
    }

    [Fact]
    public async Task Two_editors_who_send_at_once_send_one_issue()
    {
        await Newsletter.JoinAsync("ada@example.org");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Newsletter.Site.Get<IssueScheduler>().AdvanceAsync(Stop)));

        Assert.Single(await SendAsync());
        Assert.Single(await Newsletter.AllAsync<Mailing>(), mailing => mailing.State is not MailingState.Held);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_issue_whose_text_changes_before_its_time_asks_again(int hours)
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", hours > 0 ? Newsletter.Site.Clock.GetUtcNow().AddHours(hours) : null, Stop);
        Rewrite("calmer", "wilder");
        Newsletter.Site.Clock.Advance(TimeSpan.FromHours(hours));

        await AdvanceAsync();

        var view = await ViewAsync();
        Assert.Equal(IssueState.PrepareFailed, view.State);
        Assert.Contains("has changed since somebody looked at it", view.Trouble, StringComparison.Ordinal);
        Assert.True((await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);
        Assert.Contains("wilder", Assert.Single(await SendAsync()).TextBody, StringComparison.Ordinal);
    }
}

public sealed class IssueSchedulerTestsOnSqlite() : IssueSchedulerTests(DatabaseKind.Sqlite);

public sealed class IssueSchedulerTestsOnPostgres() : IssueSchedulerTests(DatabaseKind.Postgres);
