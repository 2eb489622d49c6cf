using ArmTwitch.Articles;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>Writing an issue on the screen.</summary>
public sealed class IssueEditorTests : IssueEditorTestBase
{
    [Fact]
    public async Task An_issue_is_begun_from_the_list_saved_by_itself_and_sent()
    {
        var list = Ada.Render<IssueListScreen>();
        await list.FindAll("button").Single(button => button.TextContent is "Write an issue").ClickAsync(new());
        var page = Open(Ada, Ada.Services.GetRequiredService<NavigationManager>().Uri.Split('/')[^1]);

        await TypeAsync(page, "#subject", "Calmer arms");
        await TypeAsync(page, "#introduction", "Hello **you**.");
        await PickAsync(page, "arm-muscle-twitching");
        await SavesAsync(page);
        await PressAsync(page, "Send now", "Yes, send it now");

        page.WaitForAssertion(() => Assert.Contains("It begins within seconds", page.Find(".issue-said").TextContent, StringComparison.Ordinal));
        await Site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);
        var mail = (await Site.Site.SendMailsAsync(Stop))[^1];
        Assert.Equal("Calmer arms", mail.Subject);
        Assert.Contains("/articles/arm-muscle-twitching", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_it_from_being_sent_is_said_beside_the_button_and_the_text()
    {
        var page = Open(Ada, await BeginAsync());

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
        var page = Open(Ada, await BeginAsync());

        await PressAsync(page, "Send now");

        Assert.Equal("It cannot go out yet. It has no subject yet.", page.Find(".issue-send [role=alert]").TextContent);
        Assert.Empty(page.FindAll(".confirm"));
    }

    [Fact]
    public async Task Sending_saves_first_what_was_typed_a_moment_ago()
    {
        var page = Open(Ada, await BeginAsync("Words"));
        await TypeAsync(page, "#introduction", "Other words");

        await PressAsync(page, "Send now", "Yes, send it now");

        await Site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);
        Assert.Contains("Other words", (await Site.Site.SendMailsAsync(Stop))[^1].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_keeps_the_words_until_it_does()
    {
        var issue = await BeginAsync("Words");
        var page = Open(Ada, issue);
        Failing.Refuses = statement => statement.Contains("UPDATE \"NewsletterIssues\"", StringComparison.Ordinal);
        await TypeAsync(page, "#introduction", "Other words");
        await UntilAsync(page, () => page.Find(".save-state [role=status]").TextContent.StartsWith("Not saved yet: ", StringComparison.Ordinal));
        Failing.Refuses = null;

        await SavesAsync(page);

        Assert.Equal("Other words", (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_not_called_one_of_the_database()
    {
        var page = Open(Ada, await BeginAsync("Words"));
        Failing.Refuses = statement => statement.Contains("UPDATE \"NewsletterIssues\"", StringComparison.Ordinal)
            ? throw new InvalidOperationException("A fault.") : false;

        await TypeAsync(page, "#introduction", "Other words");

        await UntilAsync(page, () => page.Find(".save-state [role=status]").TextContent
            is "Not saved yet: something went wrong in the program. It is in the log. It is tried again by itself.");
    }

    [Fact]
    public async Task A_database_that_another_process_holds_is_told_of_while_it_is_waited_for()
    {
        var page = Open(Ada, await BeginAsync("Words"));
        await using (var locker = new SqliteConnection($"Data Source={Path.Combine(Site.Site.DataFolder, "armtwitch.db")};Pooling=False"))
        {
            await locker.OpenAsync(Stop);
            await using var hold = locker.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(Stop);
            await TypeAsync(page, "#introduction", "Other words");

            await UntilAsync(page, () => page.Find(".save-state [role=status]").TextContent.StartsWith(
                "Not saved yet: the database has not answered for some seconds.", StringComparison.Ordinal));
        }

        await SavesAsync(page);
    }

    [Fact]
    public async Task What_was_typed_last_is_saved_when_the_page_is_left()
    {
        var issue = await BeginAsync("Words");
        var page = Open(Ada, issue);
        await TypeAsync(page, "#introduction", "Other words");

        await Ada.DisposeComponentsAsync();

        Assert.Equal("Other words", (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task What_the_browser_kept_comes_back_and_is_saved()
    {
        var issue = await BeginAsync("Words");
        var module = Ada.JSInterop.SetupModule(_ => true);
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<KeptIssueFields?>("keep", _ => true).SetResult(new(new() { ["introduction"] = "Kept words" }, new() { ["introduction"] = "Words" }));
        module.Setup<string?>("zone", _ => true).SetResult("Europe/Berlin");

        var page = Open(Ada, issue);

        page.WaitForAssertion(() => Assert.Equal("Kept words", page.Find("#introduction").GetAttribute("value")), Patience);
        await SavesAsync(page);
        Assert.Equal("Kept words", (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.Draft.Introduction);
    }

    [Fact]
    public async Task What_the_browser_kept_of_a_deleted_draft_is_not_offered_to_another_one_that_got_its_address()
    {
        var module = Ada.JSInterop.SetupModule(_ => true);
        module.Mode = JSRuntimeMode.Loose;
        var issue = await BeginAsync();
        Open(Ada, issue);
        await using (var db = Site.Site.Database())
            await db.Set<Issue>().ExecuteDeleteAsync(Stop);

        Assert.Equal(issue, await BeginAsync());
        Open(Ada, issue);

        Assert.Equal(2, module.Invocations.Where(call => call.Identifier is "keep").Select(call => call.Arguments[1]).Distinct().Count());
    }

    [Fact]
    public async Task A_time_is_chosen_in_the_zone_of_the_browser_and_what_is_scheduled_is_taken_back_to_be_edited()
    {
        var issue = await BeginAsync("Words");
        var module = Ada.JSInterop.SetupModule(_ => true);
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<string?>("zone", _ => true).SetResult("Europe/Berlin");
        var page = Open(Ada, issue);
        page.WaitForAssertion(() => Assert.Contains("Europe/Berlin", page.Find("label[for=when]").TextContent, StringComparison.Ordinal));

        await PressAsync(page, "Schedule");
        Assert.Equal("Choose a day and a time first.", page.Find("#when-hint").TextContent);
        page.Find("#when").Change("2026-12-24T10:00");
        await PressAsync(page, "Schedule");
        Assert.Equal("Schedule “Subject” for 24 Dec 2026, 10:00 (09:00 UTC)?", page.Find(".confirm h3").TextContent);
        await PressAsync(page, "Yes, schedule it", "Unschedule and edit");

        page.WaitForAssertion(() => Assert.NotNull(page.Find("#introduction")));
        Assert.StartsWith("Taken back: nothing is scheduled now.", page.Find(".issue-said").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("subject", module.Invocations.Last(call => call.Identifier is "focus").Arguments[0]));
        Assert.Equal(IssueState.Draft, (await Drafts.FindAsync(Slug.Parse(issue), Stop))!.State);
    }

    [Fact]
    public async Task Articles_are_moved_noted_taken_out_and_put_back()
    {
        var issue = await BeginAsync("Words");
        var page = Open(Ada, issue);
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
        var page = Open(Ada, issue);

        await PressAsync(page, "Delete this draft…", "Yes, delete it");

        Assert.EndsWith(
            "/moderation/newsletter?deleted=true", Ada.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("The draft was deleted. Nothing of it goes out.", Ada.Render<IssueListScreen>().Find(".issue-said").TextContent);
        Assert.Null(await Drafts.FindAsync(Slug.Parse(issue), Stop));
    }

    [Fact]
    public async Task Enter_in_the_filter_adds_the_first_article_that_is_found()
    {
        var page = Open(Ada, await BeginAsync("Words"));
        page.Find("#find-article").Input(Site.Site.Get<ArticleLibrary>().Current.Find(Slug.Parse("twitching-after-exercise"))!.Title);

        await page.Find("#find-article").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        Assert.NotNull(page.Find("#note-twitching-after-exercise"));
        Assert.Equal("", page.Find("#find-article").GetAttribute("value") ?? "");
        Assert.StartsWith("Added: ", page.Find(".picker [role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issue_that_was_cancelled_can_be_the_beginning_of_a_new_one()
    {
        var issue = await BeginAsync("Words");
        var page = Open(Ada, issue);
        page.Find("#when").Change("2026-12-24T10:00");
        await PressAsync(page, "Schedule", "Yes, schedule it", "Cancel this issue…", "Yes, cancel it", "Write a new one like this");

        var copy = Ada.Services.GetRequiredService<NavigationManager>().Uri.Split('/')[^1];
        var draft = (await Drafts.FindAsync(Slug.Parse(copy), Stop))!;
        Assert.NotEqual(issue, copy);
        Assert.Equal(("Subject", "Words", IssueState.Draft), (draft.Draft.Subject, draft.Draft.Introduction, draft.State));
        Assert.Equal("Test", page.Find("#send").TextContent);

        await PressAsync(page, "Write a new one like this");
        Assert.Equal(copy, Ada.Services.GetRequiredService<NavigationManager>().Uri.Split('/')[^1]);
        await Drafts.SaveAsync(Slug.Parse(copy), draft.Draft with { Subject = "Another" }, draft, Guid.NewGuid(), Stop);
        await PressAsync(page, "Write a new one like this");
        Assert.NotEqual(copy, Ada.Services.GetRequiredService<NavigationManager>().Uri.Split('/')[^1]);
    }
}
