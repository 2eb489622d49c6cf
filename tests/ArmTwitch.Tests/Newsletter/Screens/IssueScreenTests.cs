using System.Security.Claims;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

public sealed class IssueScreenTests : IAsyncLifetime
{
    private readonly NewsletterTestSite site = new();
    private readonly BunitContext bunit = new();

    public async ValueTask InitializeAsync()
    {
        bunit.Services.AddSingleton(site.Site.Get<IssueService>()).AddSingleton(site.Site.Get<IssueDigestMaker>())
            .AddSingleton(site.Site.Get<IssueMailFactory>()).AddSingleton(site.Site.Get<ArticleLibrary>())
            .AddSingleton(site.Site.Get<IssueAudience>()).AddSingleton(site.Site.Get<MailingService>())
            .AddSingleton(site.Site.Get<Outbox>()).AddSingleton<TimeProvider>(site.Site.Clock)
            .AddSingleton(site.Site.Get<IssueDraftService>()).AddSingleton(site.Site.Get<IssueEditorPresence>())
            .AddSingleton(site.Site.Get<ModeratorAccounts>()).AddSingleton(site.Site.Get<IssueAftermath>())
            .AddSingleton(site.Site.Get<UnknownMailService>());
        bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        var editor = bunit.AddAuthorization().SetAuthorized("Ada");
        editor.SetClaims(new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()),
            new Claim(ClaimTypes.Role, ModeratorPolicies.NameOf(ModeratorRole.Editor)), new Claim(ClaimTypes.Email, "editor@example.org"),
            new Claim(ModeratorClaimsFactory.DisplayName, "Grace"));
        await site.JoinAsync("ada@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        await bunit.DisposeAsync();
        site.Dispose();
    }

    [Fact]
    public void The_list_leads_to_each_issue_and_says_how_many_would_get_it()
    {
        var page = bunit.Render<IssueListScreen>();

        page.WaitForAssertion(() => Assert.NotNull(page.Find("a[href='/moderation/newsletter/first-issue']")));
        Assert.Contains("1 person would get an issue today", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_takes_a_second_press()
    {
        var page = bunit.Render<IssueScreen>(parameters => parameters.Add(screen => screen.Name, "first-issue"));
        page.WaitForElement("#send");

        await page.FindAll("button").Single(button => button.TextContent is "Send now").ClickAsync(new());
        var before =
            (await site.Site.Get<IssueService>().FindAsync(Slug.Parse("first-issue"), Xunit.TestContext.Current.CancellationToken))!.State;
        await page.FindAll("button").Single(button => button.TextContent is "Yes, send it now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("It begins within seconds", page.Find(".issue-said").TextContent, StringComparison.Ordinal));
        Assert.Equal(IssueState.Draft, before);
        Assert.Equal(
            IssueState.Scheduled,
            (await site.Site.Get<IssueService>().FindAsync(Slug.Parse("first-issue"), Xunit.TestContext.Current.CancellationToken))!.State);
    }

    [Fact]
    public async Task What_has_changed_since_it_was_shown_is_shown_again_before_it_is_sent()
    {
        using var content = new ContentCopy();
        content.Write(
            "newsletters/first-issue.md", "---\nsubject: First\npreheader: Words.\narticles: [one]\n---\n\nHello, calmer arms.\n");
        using var other = new NewsletterTestSite(settings: ("Content:Path", content.Folder));
        await other.JoinAsync("ada@example.org");
        bunit.Services.AddSingleton(other.Site.Get<IssueService>()).AddSingleton(other.Site.Get<IssueAudience>());
        var page = Open();
        content.Write(
            "newsletters/first-issue.md", "---\nsubject: First\npreheader: Words.\narticles: [one]\n---\n\nHello, wilder arms.\n");
        other.Site.Get<ArticleLibrary>().Reload();

        await PressAsync(page, "Send now", "Yes, send it now");

        Assert.Contains("has changed since you looked at it", page.Find(".errors").TextContent, StringComparison.Ordinal);
        Assert.Equal(IssueState.Draft, (await other.Site.Get<IssueService>().FindAsync(Slug.Parse("first-issue"), Stop))!.State);
        await PressAsync(page, "Text");
        Assert.Contains("wilder", page.Find("pre.letter").TextContent, StringComparison.Ordinal);
        await PressAsync(page, "Send now", "Yes, send it now");
        Assert.Equal(IssueState.Scheduled, (await other.Site.Get<IssueService>().FindAsync(Slug.Parse("first-issue"), Stop))!.State);
    }

    [Fact]
    public async Task The_question_names_how_many_get_it_at_the_time_it_is_asked()
    {
        var page = Open();
        await site.JoinAsync("ben@example.org");

        await PressAsync(page, "Send now");
        Assert.Contains(page.FindAll("h3"), heading => heading.TextContent is "Send it to 2 people now?");
    }

    [Fact]
    public async Task After_a_refusal_the_page_says_anew_how_many_get_it()
    {
        using var content = new ContentCopy();
        content.Write(
            "newsletters/first-issue.md", "---\nsubject: First\npreheader: Words.\narticles: [one]\n---\n\nHello, calmer arms.\n");
        using var other = new NewsletterTestSite(settings: ("Content:Path", content.Folder));
        await other.JoinAsync("ada@example.org");
        bunit.Services.AddSingleton(other.Site.Get<IssueService>()).AddSingleton(other.Site.Get<IssueAudience>());
        var page = Open();
        await PressAsync(page, "Send now");
        await other.JoinAsync("ben@example.org");
        content.Write(
            "newsletters/first-issue.md", "---\nsubject: First\npreheader: Words.\narticles: [one]\n---\n\nHello, wilder arms.\n");
        other.Site.Get<ArticleLibrary>().Reload();

        await PressAsync(page, "Yes, send it now");

        Assert.Contains("has changed since you looked at it", page.Find(".errors").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 people", page.Find("section[aria-labelledby=send]").TextContent, StringComparison.Ordinal);
    }

    /// <summary>"Resume" stands where "Pause" stood, and "Yes" may stand where "Send now" stood.</summary>
    [Fact]
    public async Task The_second_half_of_a_double_click_does_nothing()
    {
        var (page, second) = (Open(), new MouseEventArgs { Detail = 2 });
        await PressAsync(page, "Send now");
        await page.FindAll("button").Single(button => button.TextContent is "Yes, send it now").ClickAsync(second);
        Says(page, "A draft. Nothing is sent until you say so.");
        await PressAsync(page, "Yes, send it now");
        await MoveAsync();
        Says(page, "It is being sent. This page follows.");
        await PressAsync(page, "Pause");

        await page.FindAll("button").Single(button => button.TextContent is "Resume").ClickAsync(second);

        Says(page, "Paused. An editor paused it.");
    }

    [Fact]
    public async Task Only_what_is_more_than_a_file_can_be_cancelled()
    {
        var page = Open();
        var before = page.FindAll("button.grave").Count;

        page.Find("#when").Change("2026-11-30T13:00:00");
        await PressAsync(page, "Schedule", "Yes, schedule it");

        Assert.Equal((0, "Cancel this issue…"), (before, page.Find("button.grave").TextContent));
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
    public async Task Unknown_copies_of_which_the_server_said_the_same_are_settled_together()
    {
        await site.JoinAsync("ben@example.org");
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.InDoubt, "connection lost");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        Says(page, "Sent to 0 people by 30 Nov 2026, 12:22 UTC; 2 unknown.");

        await PressAsync(page, "All of these arrived…");
        var question = page.Find(".confirm h3").TextContent;
        await PressAsync(page, "Yes, they arrived");
        await MoveAsync();

        Assert.Equal("Note 2 copies as arrived?", question);
        Says(page, "Sent to 2 people, the last copy on 30 Nov 2026, 12:22 UTC.");
        Assert.Contains("2 delivered", page.Find("#progress").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_mails_are_shown_fifty_at_a_time_with_the_answer_and_what_to_do()
    {
        var rows = string.Concat(
            Enumerable.Range(1, 119).Select(number => $"reader{number}@example.org,2025-05-01T10:00:00Z,a-list,2025-01\n"));
        await site.Site.Get<SubscriberImportExport>()
            .ImportAsync(new StringReader("email,consent_at,source,wording\n" + rows), apply: true, Stop);
        var page = Open();
        await PressAsync(page, "Send now", "Yes, send it now");
        await MoveAsync();
        await PutAsync(MailState.Dead, "550 5.1.1 no such person");
        await site.Site.SendMailsAsync(Stop);
        await MoveAsync();
        Says(page, "Sent to 0 people by 30 Nov 2026, 12:11 UTC; 120 refused.");

        var (first, second, third) = (Seen(page, 50), await TurnAsync(page, "Next 50", 50), await TurnAsync(page, "Next 50", 20));
        await PressAsync(page, "Earlier 50");

        Assert.Equal(120, first.Concat(second).Concat(third).Distinct().Count());
        Assert.Equal(second, Seen(page, 50));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent is "It arrived");
        Assert.Contains("550 5.1.1 no such person", page.Find(".cards tbody td").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing: the address does not exist", page.Find(".cards tbody tr td:last-child").TextContent, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private IRenderedComponent<IssueScreen> Open()
    {
        var page = bunit.Render<IssueScreen>(parameters => parameters.Add(screen => screen.Name, "first-issue"));
        page.WaitForElement("#send");
        return page;
    }

    private static async Task PressAsync(IRenderedComponent<IssueScreen> page, params string[] buttons)
    {
        foreach (var button in buttons)
        {
            page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), one => one.TextContent == button));
            await page.FindAll("button").First(one => one.TextContent == button).ClickAsync(new());
        }
    }

    private static async Task<IReadOnlyList<string>> TurnAsync(IRenderedComponent<IssueScreen> page, string button, int count)
    {
        var before = page.Find(".cards tbody th").TextContent;
        await PressAsync(page, button);
        page.WaitForAssertion(() => Assert.NotEqual(before, page.Find(".cards tbody th").TextContent));
        return Seen(page, count);
    }

    private static IReadOnlyList<string> Seen(IRenderedComponent<IssueScreen> page, int count)
    {
        page.WaitForAssertion(() => Assert.Equal(count, page.FindAll(".cards tbody th").Count), TimeSpan.FromSeconds(10));
        return [.. page.FindAll(".cards tbody th").Select(row => row.TextContent)];
    }

    private Task MoveAsync() => site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);

    private async Task PutAsync(MailState state, string answer)
    {
        await using var db = site.Site.Database();
        await db.Set<OutgoingMail>().Where(mail => mail.MailingId != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.State, state).SetProperty(mail => mail.Answer, answer).SetProperty(
                    mail => mail.Status, state == MailState.Dead ? "5.1.1" : null), Stop);
    }

    /// <summary>The page looks again every second.</summary>
    private void Says(IRenderedComponent<IssueScreen> page, string words)
    {
        if (page.Find(".issue-said").TextContent.Trim() != words)
            site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal(words, page.Find(".issue-said").TextContent.Trim()), TimeSpan.FromSeconds(10));
    }
}
