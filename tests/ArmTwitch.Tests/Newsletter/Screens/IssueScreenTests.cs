using ArmTwitch.Articles;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>What the page says of an issue, from the draft to the last copy.</summary>
public sealed class IssueScreenTests : IssueScreenTestBase
{
    [Fact]
    public void The_list_leads_to_each_issue_and_says_how_many_would_get_it()
    {
        var page = bunit.Render<IssueListScreen>();

        page.WaitForAssertion(() => Assert.NotNull(page.Find("a[href='/moderation/newsletter/first-issue']")));
        Assert.Contains("1 person would get an issue today", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_says_of_each_issue_what_became_of_its_copies()
    {
        await site.JoinAsync("ben@example.org");
        var issue = Open();
        await PressAsync(issue, "Send now", "Yes, send it now");
        await MoveAsync();
        Assert.Equal("0 delivered, 2 waiting", Copies());
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        Assert.Equal("2 delivered", Copies());

        await using (var db = site.Site.Database())
            await db.Set<OutgoingMail>().Where(mail => mail.MailingId != null && mail.To == "ben@example.org")
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.InDoubt), Stop);

        Assert.Equal("1 delivered, 1 unknown", Copies());

        await using (var db = site.Site.Database())
            await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(mailing => mailing.Audience, 0), Stop);

        Assert.Equal("0 delivered, 1 unknown: more than its audience", Copies());

        string Copies()
        {
            var list = bunit.Render<IssueListScreen>();
            list.WaitForElement("td[data-label=Copies]");
            return list.Find("td[data-label=Copies]").TextContent;
        }
    }

    [Fact]
    public async Task The_status_is_true_from_the_schedule_to_the_last_copy()
    {
        var page = Open();
        Says(page, "A draft. Nothing is sent until you say so.");

        page.Find("#when").Change("2026-11-30T13:00:00");
        await PressAsync(page, "Schedule", "Yes, schedule it");
        Says(page, "It goes out on 30 Nov 2026, 13:00 UTC.");
        await PressAsync(page, "Send now", "Yes, send it now");
        Says(page, "It begins within seconds. This page follows.");
        await MoveAsync();
        Says(page, "It is being sent. This page follows.");
        site.Site.Get<MailCircuitBreaker>().Trip("The mail server does not answer.");
        await MoveAsync();
        Says(page, "It is being sent, but mails wait. The mail server does not answer. It goes on by itself.");
        site.Site.Get<MailCircuitBreaker>().Reset();
        await MoveAsync();
        await PressAsync(page, "Pause");
        Says(page, "Paused. An editor paused it.");
        await PressAsync(page, "Resume");
        Says(page, "It is being sent. This page follows.");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        Says(page, "Sent to 1 person, the last copy on 30 Nov 2026, 12:11 UTC.");
        Assert.Equal(
            ["Grace resumed it.", "Grace paused it.", "Grace sent it.", "Grace scheduled it for 30 Nov 2026, 13:00 UTC."],
            page.FindAll(".steps li")
                .Select(step => step.TextContent[step.TextContent.IndexOf("Grace", StringComparison.Ordinal)..].Trim()));
    }

    [Fact]
    public async Task A_draft_that_somebody_else_sends_is_no_draft_here_either()
    {
        var page = Open();

        await site.Site.Get<IssueService>().ScheduleAsync(Slug.Parse("first-issue"), IssueAuditEntry.CommandLine, cancellationToken: Stop);

        Says(page, "It begins within seconds. This page follows.");
    }

    [Fact]
    public async Task The_status_of_a_cancelled_issue_says_that_nobody_got_it()
    {
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();

        await PressAsync(page, "Cancel this issue…", "Yes, cancel it");

        Says(page, "Cancelled. Nobody got it.");
    }

    [Fact]
    public async Task The_status_tells_what_is_refused_or_unknown()
    {
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.InDoubt, "connection lost");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();

        Says(page, "Sent to 0 people by 30 Nov 2026, 12:11 UTC; 1 unknown.");
        await PressAsync(page, "It arrived");
        await MoveAsync();
        Says(page, "Sent to 1 person, the last copy on 30 Nov 2026, 12:11 UTC.");
    }

    [Fact]
    public async Task While_an_issue_is_prepared_no_number_is_shown_that_is_not_fixed_yet()
    {
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await using (var db = site.Site.Database())
        {
            await db.Set<Issue>().ExecuteUpdateAsync(set => set.SetProperty(issue => issue.State, IssueState.Preparing), Stop);
        }

        Says(page, "The words and the audience are being fixed. The first mails leave in a moment.");

        Assert.Contains("It is being prepared.", page.Find(".issue-send").TextContent, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\d+ (people|person|of)", page.Find(".issue").TextContent);
    }

    [Fact]
    public async Task A_long_list_of_issues_is_turned_page_by_page_without_skipping_any()
    {
        await using (var db = site.Site.Database())
        {
            db.AddRange(Enumerable.Range(1, 120).Select(number => new Issue
            {
                Slug = Slug.Parse($"old-{number}"),
                Subject = $"Old {number}",
                Preheader = "",
                Source = "Hello.",
                Version = 1,
                CreatedAt = site.Site.Clock.GetUtcNow()
            }));
            await db.SaveChangesAsync(Stop);
        }

        var page = bunit.Render<IssueListScreen>();
        page.WaitForElement("tbody");
        var seen = new List<string>(Rows());
        Assert.Contains("/moderation/newsletter/first-issue", seen);
        for (var turn = 0; turn < 2; turn++)
        {
            var before = Rows();
            await page.FindAll("button").Single(button => button.TextContent is "Next 50").ClickAsync(new());
            page.WaitForAssertion(() => Assert.NotEqual(before, Rows()));
            seen.AddRange(Rows());
        }

        Assert.Equal(121, seen.Distinct().Count());
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal("true", page.FindAll("button").Single(button => button.TextContent is "Next 50").GetAttribute("aria-disabled"));

        List<string> Rows() => [.. page.FindAll("tbody th a").Select(link => link.GetAttribute("href")!)];
    }
}
