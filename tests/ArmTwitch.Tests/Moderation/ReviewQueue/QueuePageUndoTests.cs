using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>Taking decisions back on the page of the queue.</summary>
public sealed class QueuePageUndoTests : QueuePageTestBase
{
    [Fact]
    public async Task A_decision_of_an_earlier_visit_can_be_undone_for_ten_minutes()
    {
        var comment = await Site.WriteAsync("Decided before.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, Ada, Cancel);
        var page = Open();
        Assert.Contains("Your last decisions (1)", page.Find(".recent summary").TextContent, StringComparison.Ordinal);

        await page.Find(".recent button").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".recent")));
        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task Decisions_of_colleagues_and_those_older_than_ten_minutes_cannot_be_undone()
    {
        var bens = await Site.WriteAsync("Ben's.");
        var old = await Site.WriteAsync("Old.");
        await Site.Decisions.DecideAsync(old.Id, 1, Decision.Spam, Ada, Cancel);
        Site.Clock.Advance(TimeSpan.FromMinutes(11));
        await Site.Decisions.DecideAsync(bens.Id, 1, Decision.Spam, Ben, Cancel);

        var page = Open();

        Assert.Empty(page.FindAll(".recent"));
    }

    [Fact]
    public async Task The_message_about_a_decision_has_a_button_that_undoes_it()
    {
        var first = await Site.WriteAsync("The first.");
        var second = await Site.WriteAsync("The second.");
        var page = Open();
        Assert.Empty(page.FindAll(".toast button"));

        await PressAsync(page, "a");
        Assert.Equal("Undo (Approved, Ada)", page.Find(".toast button").TextContent[..^1]);
        await PressAsync(page, "s");
        Assert.Equal("Undo (Marked as spam, Ada)", page.Find(".toast button").TextContent[..^1]);
        await page.Find(".toast button").ClickAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Undone", MessageOn(page), StringComparison.Ordinal));
        Assert.Equal(
            (CommentStatus.Approved, CommentStatus.Pending),
            ((await Site.ReadAsync(first.Id)).Status, (await Site.ReadAsync(second.Id)).Status));
        Assert.Equal(["Close this message"], page.FindAll(".toast button").Select(button => button.GetAttribute("aria-label")));
    }

    [Fact]
    public async Task What_was_decided_last_leads_to_its_comment_and_only_what_was_marked_together_is_undone_together()
    {
        var first = await Site.WriteAsync("The first.");
        await Site.WriteAsync("The second.");
        await Site.WriteAsync("The third.");
        var page = Open();
        await PressAsync(page, "s");
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        await PressAsync(page, "s");

        Assert.Equal(["Undo", "Undo"], page.FindAll(".recent button").Select(button => button.TextContent));
        Assert.Equal($"/moderation/queue?comment={first.Id}", page.FindAll(".recent a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task A_link_to_what_was_decided_last_leaves_the_tab_and_the_search_as_they_are()
    {
        var comment = await Site.WriteAsync("About coffee.");
        await Site.WriteAsync("More about coffee.");
        var page = OpenAt("?tab=rest&q=coffee");
        await PressAsync(page, "a");

        Navigation.NavigateTo(page.Find(".recent a").GetAttribute("href")!);

        page.WaitForAssertion(() => Assert.Equal("About coffee.", page.Find("#words").TextContent));
        page.WaitForAssertion(() => Assert.Equal(
            ($"moderation/queue?tab=rest&q=coffee&comment={comment.Id}", "1 found in “Rest”"),
            (Address, page.Find("#list-heading").TextContent)));
    }

    [Fact]
    public async Task Several_are_marked_as_spam_after_a_confirmation_and_undone_together()
    {
        Comment[] spam = [await Site.WriteAsync("Buy."), await Site.WriteAsync("Buy now.")];
        await Site.WriteAsync("A real one.");
        var page = Open();

        await page.InvokeAsync(() => page.FindAll(".queue-list input[type=checkbox]")[0].ChangeAsync(true));
        await page.InvokeAsync(() => page.FindAll(".queue-list input[type=checkbox]")[1].ChangeAsync(true));
        await page.InvokeAsync(() => Button(page, "Mark 2 as spam…").ClickAsync());
        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(spam[0].Id)).Status);
        Task marking;
        using (await Site.Get<SqliteWriteLock>().AcquireAsync(Cancel))
        {
            marking = page.InvokeAsync(() => Button(page, "Yes, mark 2 as spam").ClickAsync());
            page.WaitForAssertion(() => Assert.Equal("true", Button(page, "Marking 2…").GetAttribute("aria-busy")));
            Assert.Equal("Marking 2 as spam…", MessageOn(page));
        }

        await marking;
        page.WaitForAssertion(
            () => Assert.Equal("2 of 2 marked as spam.", MessageOn(page)));
        Assert.All(spam, one => Assert.Equal(CommentStatus.Spam, Site.ReadAsync(one.Id).GetAwaiter().GetResult().Status));

        await PressAsync(page, "u");

        Assert.Equal("2 of 2 undone.", MessageOn(page));
        Assert.All(spam, one => Assert.Equal(CommentStatus.Pending, Site.ReadAsync(one.Id).GetAwaiter().GetResult().Status));
    }
}
