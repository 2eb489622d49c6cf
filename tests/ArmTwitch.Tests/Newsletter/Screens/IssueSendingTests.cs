using ArmTwitch.Articles;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>Scheduling, sending and giving up, as an editor does it on the page.</summary>
public sealed class IssueSendingTests : IssueScreenTestBase
{
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
        using var other = await SiteOfAsync(content);
        var page = Open();
        Write(content, "wilder");
        other.Site.Get<ArticleLibrary>().Reload();

        await PressAsync(page, "Send now", "Yes, send it now");

        Assert.Contains("has changed since you looked at it", page.Find(".issue-send .error[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(IssueState.Draft, (await other.Site.Get<IssueService>().FindAsync(Slug.Parse("first-issue"), Stop))!.State);
        // Paper has the text part although the other one is shown.
        Assert.True(page.Find("pre.letter").HasAttribute("hidden"));
        await PressAsync(page, "Text");
        Assert.False(page.Find("pre.letter").HasAttribute("hidden"));
        Assert.Contains("wilder", page.Find("pre.letter").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page.Find("pre.letter").TextContent, StringComparison.Ordinal);
        await PressAsync(page, "Send now", "Yes, send it now");
        Assert.Equal(IssueState.Scheduled, (await other.Site.Get<IssueService>().FindAsync(Slug.Parse("first-issue"), Stop))!.State);
    }

    [Fact]
    public async Task The_question_names_how_many_get_it_at_the_time_it_is_asked()
    {
        var page = Open();
        await site.JoinAsync("ben@example.org");

        await PressAsync(page, "Send now");
        Assert.Contains(page.FindAll("h3"), heading => heading.TextContent.EndsWith("” to 2 people now?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_refusal_the_page_says_anew_how_many_get_it()
    {
        using var content = new ContentCopy();
        using var other = await SiteOfAsync(content);
        var page = Open();
        await PressAsync(page, "Send now");
        await other.JoinAsync("ben@example.org");
        Write(content, "wilder");
        other.Site.Get<ArticleLibrary>().Reload();

        await PressAsync(page, "Yes, send it now");

        Assert.Contains("has changed since you looked at it", page.Find(".issue-send .error[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 people", page.Find("section[aria-labelledby=send]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_subject_stands_in_the_question_for_itself_whatever_its_direction_of_writing()
    {
        var page = Open();

        await PressAsync(page, "Send now");

        var subject = page.Find(".confirm h3 bdi").TextContent;
        Assert.Equal($"Send {subject} to 1 person now?", page.Find(".confirm h3").TextContent);
        Assert.Matches("^“.+”$", subject);
    }

    [Fact]
    public async Task The_question_goes_when_an_article_of_the_issue_goes_and_names_it_as_it_was_called()
    {
        using var content = new ContentCopy();
        content.WriteArticle("two", title: "Twitching in the triceps");
        using var other = await SiteOfAsync(content);
        var (drafts, library) = (other.Site.Get<IssueDraftService>(), other.Site.Get<ArticleLibrary>());
        bunit.Services.AddSingleton(drafts).AddSingleton(library).AddSingleton<TimeProvider>(other.Site.Clock);
        var slug = await drafts.StartWithAsync(new("Calmer arms", "", "Hello.", "To read\ttwo"), Guid.NewGuid(), Stop);
        var page = bunit.Render<IssueScreen>(parameters => parameters.Add(screen => screen.Name, slug.ToString()));
        page.WaitForElement("#send");
        await PressAsync(page, "Send now");
        Assert.Single(page.FindAll(".confirm"));

        content.Delete("articles/two.md");
        library.Reload();
        other.Site.Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(
            () => Assert.Equal(
                "Nothing was sent: it cannot go out any more. The article \"Twitching in the triceps\" is not there any more. Take it out of the list.",
                page.Find(".issue-send .error[role=alert]").TextContent),
            TimeSpan.FromSeconds(10));
        Assert.Empty(page.FindAll(".confirm"));
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

    [Theory]
    [InlineData("2026-11-30T11:00:00", "That time has passed. Choose one that lies ahead.")]
    [InlineData("2028-11-30T11:00:00", "That is more than a year ahead. Choose a time within a year.")]
    public async Task A_time_that_cannot_be_is_refused_beside_its_field_before_any_question(string time, string expected)
    {
        var page = Open();

        page.Find("#when").Change(time);
        Assert.Equal((expected, "alert"), (page.Find("#when-hint").TextContent, page.Find("#when-hint").GetAttribute("role")));
        await PressAsync(page, "Schedule");

        Assert.Equal(expected, page.Find("#when-hint").TextContent);
        Assert.Empty(page.FindAll(".confirm"));
    }

    [Fact]
    public async Task A_written_issue_is_taken_back_at_one_place_and_its_time_is_offered_again()
    {
        var drafts = site.Site.Get<IssueDraftService>();
        var slug = await drafts.StartAsync(Guid.NewGuid(), Stop);
        await drafts.SaveAsync(
            slug, new IssueDraft("Calmer arms", "", "Hello.", ""), (await drafts.FindAsync(slug, Stop))!, Guid.NewGuid(), Stop);
        var page = OpenAt(slug);
        page.Find("#when").Change("2026-11-30T13:00:00");
        await PressAsync(page, "Schedule", "Yes, schedule it");
        page.WaitForAssertion(() => Assert.Equal(
            ["Unschedule and edit"],
            page.FindAll("button").Select(button => button.TextContent).Where(name => name.StartsWith("Unschedule", StringComparison.Ordinal))));
        Assert.Equal("Change the time…", page.Find(".issue-state .button").TextContent);
        await PressAsync(page, "Unschedule and edit");

        var later = OpenAt(slug);

        later.WaitForAssertion(() => Assert.Equal("2026-11-30T13:00", later.Find("#when").GetAttribute("value")));
        Assert.Equal("Send or schedule…", later.Find(".issue-state .button").TextContent);

        IRenderedComponent<IssueScreen> OpenAt(Slug issue)
        {
            var opened = bunit.Render<IssueScreen>(parameters => parameters.Add(screen => screen.Name, issue.ToString()));
            opened.WaitForElement("#send");
            return opened;
        }
    }

    [Fact]
    public async Task What_is_sent_says_so_at_once_and_has_nothing_more_to_press_but_to_cancel_it()
    {
        var page = Open();

        await PressAsync(page, "Send now", "Yes, send it now");

        page.WaitForAssertion(() => Assert.Equal("It is being prepared.", page.Find(".issue-send strong").TextContent));
        Assert.Equal("sending", page.Find(".issue-state .badge").TextContent);
        Assert.Equal(["Cancel this issue…"], page.FindAll(".issue-send button").Select(button => button.TextContent));
    }

    [Fact]
    public async Task The_main_button_is_to_schedule_with_a_time_and_to_unschedule_after_it()
    {
        var page = Open();
        Assert.Equal(["Send now"], Filled());

        page.Find("#when").Change("2026-11-30T13:00:00");
        Assert.Equal(["Schedule"], Filled());
        await PressAsync(page, "Schedule", "Yes, schedule it");

        page.WaitForAssertion(() => Assert.Equal(["Unschedule"], Filled()));
        Assert.NotNull(page.Find("details button").TextContent);

        IEnumerable<string> Filled() => page.FindAll(".issue-send .row button:not(.quiet)").Select(button => button.TextContent);
    }

    [Fact]
    public async Task To_nobody_nothing_is_sent_and_nothing_asked()
    {
        using var empty = new NewsletterTestSite();
        bunit.Services.AddSingleton(empty.Site.Get<IssueService>()).AddSingleton(empty.Site.Get<IssueAudience>());
        var page = Open();

        await PressAsync(page, "Send now");

        Assert.Contains("Nobody has confirmed the newsletter yet", page.Find(".issue-send .error[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".confirm"));
    }

    [Fact]
    public async Task A_test_is_told_beside_its_button_which_stays()
    {
        var page = Open();

        await PressAsync(page, "Send the test", "Send the test", "Send the test");

        page.WaitForAssertion(() => Assert.Matches(
            @"^A test left for editor@example\.org at \d\d:\d\d UTC\.\z", page.Find(".issue-send [role=status]").TextContent));
        Assert.Single(await site.AllAsync<OutgoingMail>(), mail => mail.Cause.StartsWith("newsletter test", StringComparison.Ordinal));
    }

    /// <summary>A site whose issue is a file that the test changes.</summary>
    private async Task<NewsletterTestSite> SiteOfAsync(ContentCopy content)
    {
        Write(content, "calmer");
        var other = new NewsletterTestSite(settings: ("Content:Path", content.Folder));
        await other.JoinAsync("ada@example.org");
        bunit.Services.AddSingleton(other.Site.Get<IssueService>()).AddSingleton(other.Site.Get<IssueAudience>());
        return other;
    }

    private static void Write(ContentCopy content, string arms) => content.Write(
        "newsletters/first-issue.md", $"---\nsubject: First\npreheader: Words.\narticles: [one]\n---\n\nHello, {arms} arms.\n");
}
