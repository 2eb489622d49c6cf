using System.Security.Claims;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>Writing an issue on the screen, alone and in twos.</summary>
public sealed class IssueEditorTests : IAsyncLifetime
{
    private readonly FailingCommandInterceptor failing = new();
    private readonly NewsletterTestSite site;
    private readonly BunitContext ada = new(), grace = new();

    public IssueEditorTests() => site = new NewsletterTestSite(DatabaseKind.Sqlite, failing);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private IssueDraftService Drafts => site.Site.Get<IssueDraftService>();

    public async ValueTask InitializeAsync()
    {
        foreach (var (browser, name) in new[] { (ada, "Ada"), (grace, "Grace") })
        {
            browser.JSInterop.Mode = JSRuntimeMode.Loose;
            browser.Services.AddSingleton(site.Site.Get<IssueService>()).AddSingleton(site.Site.Get<IssueDigestMaker>())
                .AddSingleton(site.Site.Get<IssueMailFactory>()).AddSingleton(site.Site.Get<ArticleLibrary>())
                .AddSingleton(site.Site.Get<IssueAudience>()).AddSingleton(Drafts).AddSingleton(site.Site.Get<IssueEditorPresence>())
                .AddSingleton(site.Site.Get<ModeratorAccounts>()).AddSingleton(site.Site.Get<IssueAftermath>()).AddSingleton<TimeProvider>(site.Site.Clock);
            browser.AddAuthorization().SetAuthorized(name).SetClaims(
                new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()),
                new Claim(ClaimTypes.Role, ModeratorPolicies.NameOf(ModeratorRole.Editor)),
                new Claim(ClaimTypes.Email, $"{name}@example.org"), new Claim(ModeratorClaimsFactory.DisplayName, name));
        }

        await site.JoinAsync("reader@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        await ada.DisposeAsync();
        await grace.DisposeAsync();
        site.Dispose();
    }

    [Fact]
    public async Task An_issue_is_begun_from_the_list_saved_by_itself_and_sent()
    {
        var list = ada.Render<IssueListScreen>();
        await list.FindAll("button").Single(button => button.TextContent is "Write an issue").ClickAsync(new());
        var page = Open(ada, ada.Services.GetRequiredService<NavigationManager>().Uri.Split('/')[^1]);

        await TypeAsync(page, "#subject", "Calmer arms");
        await TypeAsync(page, "#introduction", "Hello **you**.");
        await PickAsync(page, "arm-muscle-twitching");
        await SavesAsync(page);
        await PressAsync(page, "Send now", "Yes, send it now");

        page.WaitForAssertion(() => Assert.Contains("It begins within seconds", page.Find(".issue-said").TextContent, StringComparison.Ordinal));
        await site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);
        var mail = (await site.Site.SendMailsAsync(Stop))[^1];
        Assert.Equal("Calmer arms", mail.Subject);
        Assert.Contains("/articles/arm-muscle-twitching", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_it_from_being_sent_is_said_beside_the_button_and_the_text()
    {
        var page = Open(ada, await BeginAsync());

        Assert.Contains("It has no subject yet.", page.Find(".issue-send").TextContent, StringComparison.Ordinal);
        await TypeAsync(page, "#subject", "Calmer arms");
        await TypeAsync(page, "#introduction", "[out](https://example.org)");
        await SavesAsync(page);
        page.WaitForAssertion(() => Assert.Equal(
            "Introduction, line 1: The link \"https://example.org\" leaves the site. Mails link to this site only: say it in an article "
                + "and link to that, such as [its title](/articles/…).", page.Find(".to-mend li").TextContent));
        Assert.StartsWith("Line 1: The link", page.Find("#introduction-faults li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_go_out_is_not_asked_about()
    {
        var page = Open(ada, await BeginAsync());

        await PressAsync(page, "Send now");

        Assert.Equal("It cannot go out yet. It has no subject yet.", page.Find(".issue-send [role=alert]").TextContent);
        Assert.Empty(page.FindAll(".confirm"));
    }

    [Fact]
    public async Task Sending_saves_first_what_was_typed_a_moment_ago()
    {
        var page = Open(ada, await BeginAsync("Words"));
        await TypeAsync(page, "#introduction", "Other words");

        await PressAsync(page, "Send now", "Yes, send it now");

        await site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);
        Assert.Contains("Other words", (await site.Site.SendMailsAsync(Stop))[^1].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_editors_know_of_each_other_and_see_what_the_other_saves()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(ada, issue), Open(grace, issue));

        mine.WaitForAssertion(() => Assert.Contains("Grace has this issue open too", mine.Find(".company").TextContent, StringComparison.Ordinal));
        await TypeAsync(hers, "#subject", "Her subject");
        await SavesAsync(hers);
        await UntilAsync(mine, () => mine.Find("#subject").GetAttribute("value") is "Her subject");
    }

    [Fact]
    public async Task Of_two_texts_an_editor_chooses_and_nothing_is_lost()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(ada, issue), Open(grace, issue));
        await TypeAsync(mine, "#introduction", "My words");
        await TypeAsync(hers, "#introduction", "Her words");
        await hers.InvokeAsync(() => hers.FindComponent<IssueEditor>().Instance.FlushAsync());

        await UntilAsync(mine, () => mine.FindAll(".conflict pre").Select(text => text.TextContent).ToList() is ["My words", "Her words"]);
        Assert.StartsWith("Not saved yet: ", mine.Find(".save-state [role=status]").TextContent, StringComparison.Ordinal);
        await PressAsync(mine, $"Take {IssueAuditEntry.Former}’s");
        Assert.Equal("Her words", mine.Find("#introduction").GetAttribute("value"));
        await PressAsync(mine, "Bring it back");

        Assert.Equal("My words", mine.Find("#introduction").GetAttribute("value"));
    }

    [Fact]
    public async Task Who_is_writing_is_named_before_it_is_sent_and_keeps_the_words_on_the_screen()
    {
        var issue = await BeginAsync("Words");
        var (mine, hers) = (Open(ada, issue), Open(grace, issue));
        await PressAsync(mine, "Send now");
        Assert.Empty(mine.FindAll(".confirm [role=alert]"));
        await TypeAsync(hers, "#introduction", "Her last words");
        failing.Refuses = statement => statement.Contains("UPDATE \"NewsletterIssues\"", StringComparison.Ordinal)
            && statement.Contains("\"Source\"", StringComparison.Ordinal);
        await PressAsync(mine, "Back", "Send now");

        Assert.StartsWith("Grace is writing just now.", mine.Find(".confirm [role=alert]").TextContent, StringComparison.Ordinal);
        await PressAsync(mine, "Yes, send it now");

        await UntilAsync(hers, () => hers.FindAll(".conflict pre").Select(text => text.TextContent).ToList() is ["Her last words", "Words"]);
        Assert.Equal("Ada has sent it while you were writing", hers.Find(".conflict h3").TextContent);
        await PressAsync(hers, "I have what I need");
        Assert.Empty(hers.FindAll(".conflict"));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_keeps_the_words_until_it_does()
    {
        var issue = await BeginAsync("Words");
        var page = Open(ada, issue);
        failing.Refuses = statement => statement.Contains("UPDATE \"NewsletterIssues\"", StringComparison.Ordinal);
        await TypeAsync(page, "#introduction", "Other words");
        await UntilAsync(page, () => page.Find(".save-state [role=status]").TextContent.StartsWith("Not saved yet: ", StringComparison.Ordinal));
        failing.Refuses = null;

        await SavesAsync(page);

        Assert.Equal("Other words", (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task What_was_typed_last_is_saved_when_the_page_is_left()
    {
        var issue = await BeginAsync("Words");
        var page = Open(ada, issue);
        await TypeAsync(page, "#introduction", "Other words");

        await ada.DisposeComponentsAsync();

        Assert.Equal("Other words", (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task What_the_browser_kept_comes_back_and_is_saved()
    {
        var issue = await BeginAsync("Words");
        var module = ada.JSInterop.SetupModule(_ => true);
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<KeptIssueFields?>("keep", _ => true).SetResult(new(2, new() { ["introduction"] = "Kept words" }));
        module.Setup<string?>("zone", _ => true).SetResult("Europe/Berlin");

        var page = Open(ada, issue);

        page.WaitForAssertion(() => Assert.Equal("Kept words", page.Find("#introduction").GetAttribute("value")), Patience);
        await SavesAsync(page);
        Assert.Equal("Kept words", (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task A_time_is_chosen_in_the_zone_of_the_browser_and_what_is_scheduled_is_taken_back_to_be_edited()
    {
        var issue = await BeginAsync("Words");
        var module = ada.JSInterop.SetupModule(_ => true);
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<string?>("zone", _ => true).SetResult("Europe/Berlin");
        var page = Open(ada, issue);
        page.WaitForAssertion(() => Assert.Contains("Europe/Berlin", page.Find("label[for=when]").TextContent, StringComparison.Ordinal));

        await PressAsync(page, "Schedule");
        Assert.Equal("Choose a day and a time first.", page.Find("#when-hint").TextContent);
        page.Find("#when").Change("2026-12-24T10:00");
        await PressAsync(page, "Schedule");
        Assert.Equal("Schedule “Subject” for 24 Dec 2026, 10:00 (09:00 UTC)?", page.Find(".confirm h3").TextContent);
        await PressAsync(page, "Yes, schedule it", "Unschedule and edit");

        page.WaitForAssertion(() => Assert.NotNull(page.Find("#introduction")));
        Assert.Equal(IssueState.Draft, (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.State);
    }

    [Fact]
    public async Task Articles_are_moved_noted_taken_out_and_put_back()
    {
        var issue = await BeginAsync("Words");
        var page = Open(ada, issue);
        await PickAsync(page, "arm-muscle-twitching");
        await PickAsync(page, "twitching-after-exercise");
        await page.Find("#up-twitching-after-exercise").ClickAsync(new());
        Assert.StartsWith("Moved to place 1 of 2", page.Find(".save-state [role=status]").TextContent, StringComparison.Ordinal);
        await TypeAsync(page, "#note-twitching-after-exercise", "Our favourite.");
        await page.Find("li:has(#note-twitching-after-exercise)").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown", AltKey = true });
        await page.Find("li:has(#note-twitching-after-exercise) button[aria-label^='Take out']").ClickAsync(new());
        Assert.Single(page.FindAll(".picked li"));
        await page.Find("#put-back").ClickAsync(new());
        await SavesAsync(page);

        Assert.Equal(
            [("arm-muscle-twitching", ""), ("twitching-after-exercise", "Our favourite.")],
            (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.Draft.Entries.Select(one => (one.Slug.ToString(), one.Note)));
    }

    [Fact]
    public async Task A_draft_is_deleted_after_a_second_press()
    {
        var issue = await BeginAsync("Words");
        var page = Open(ada, issue);

        await PressAsync(page, "Delete this draft…", "Yes, delete it");

        Assert.EndsWith("/moderation/newsletter", ada.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Null(await Drafts.FindAsync(Slug.Parse(issue), Stop));
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(10);

    private async Task<string> BeginAsync(string introduction = "")
    {
        var (slug, by) = (await Drafts.StartAsync(Guid.NewGuid(), Stop), Guid.NewGuid());
        if (introduction.Length > 0)
            await Drafts.SaveAsync(slug, new IssueDraft("Subject", "", introduction, ""), (await Drafts.FindAsync(slug, Stop))!, by, Stop);
        return slug.ToString();
    }

    private static IRenderedComponent<IssueScreen> Open(BunitContext browser, string issue)
    {
        var page = browser.Render<IssueScreen>(parameters => parameters.Add(screen => screen.Name, issue));
        page.WaitForElement("#introduction");
        return page;
    }

    private static Task TypeAsync(IRenderedComponent<IssueScreen> page, string field, string words) =>
        page.Find(field).InputAsync(new ChangeEventArgs { Value = words });

    private static async Task PickAsync(IRenderedComponent<IssueScreen> page, string article)
    {
        var title = page.Services.GetRequiredService<ArticleLibrary>().Current.Find(Slug.Parse(article))!.Title;
        page.Find("#find-article").Input(title);
        await page.FindAll(".choices button").Single(button => button.QuerySelector(".choice-title")!.TextContent == title).ClickAsync(new());
    }

    private static async Task PressAsync(IRenderedComponent<IssueScreen> page, params string[] buttons)
    {
        foreach (var button in buttons)
        {
            for (var left = 100; await page.InvokeAsync(() => page.FindAll("button").All(one => one.TextContent != button)); left--)
            {
                Assert.True(left > 0, $"There is no button {button}: {page.Markup}");
                await Task.Delay(50, Stop);
            }

            await page.FindAll("button").First(one => one.TextContent == button).ClickAsync(new());
        }
    }

    private Task SavesAsync(IRenderedComponent<IssueScreen> page) => UntilAsync(
        page, () => page.FindAll(".save-state.pending").Count is 0
            && page.Find(".save-state [role=status]").TextContent.StartsWith("Saved ", StringComparison.Ordinal));

    /// <summary>Lets time pass until something is so.</summary>
    private async Task UntilAsync(IRenderedComponent<IssueScreen> page, Func<bool> isSo)
    {
        for (var left = 100; !await page.InvokeAsync(isSo); left--)
        {
            Assert.True(left > 0, page.Markup);
            site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50, Stop);
        }
    }
}
