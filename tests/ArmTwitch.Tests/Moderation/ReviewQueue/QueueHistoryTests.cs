using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators.Layout;
using Bunit;
using Bunit.TestDoubles;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>The address of the queue: a reload, a link and Back show the list and the comment again.</summary>
public sealed class QueueHistoryTests : QueuePageTestBase
{
    [Fact]
    public async Task The_tab_the_search_and_the_comment_stand_in_the_address_and_make_no_new_entry()
    {
        await Site.WriteAsync("one");
        var two = await Site.WriteAsync("two of us", level: FlagLevel.RedFlag);
        var page = Open();
        Assert.Equal("moderation/queue", Address);

        await page.FindAll(".tabs button")[2].ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("moderation/queue?tab=red-flags", Address));
        await page.Find("#filter-words").InputAsync("of us");
        await page.Find(".search").SubmitAsync();
        await page.Find(".row-button").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal($"moderation/queue?tab=red-flags&q=of%20us&comment={two.Id}", Address));
        Assert.True(((BunitNavigationManager)Navigation).History.First().Options.ReplaceHistoryEntry);
    }

    [Fact]
    public async Task An_address_opens_its_list_and_its_comment_on_the_page_of_the_list_where_it_stands()
    {
        for (var number = 0; number <= ModerationQueueService.PageSize + 1; number++)
            await Site.WriteAsync($"Number {number}.");
        var last = await Site.WriteAsync("The last of the rest.");
        await Site.WriteAsync("A red flag.", level: FlagLevel.RedFlag);

        var page = OpenAt($"?tab=rest&comment={last.Id}");

        Assert.Equal("The last of the rest.", page.Find("#words").TextContent);
        Assert.Equal(["The last of the rest."], page.FindAll(".excerpt").Select(excerpt => excerpt.TextContent));
        Assert.Equal("true", page.FindAll(".tabs button")[5].GetAttribute("aria-pressed"));
        await Button(page, "Earlier").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(ModerationQueueService.PageSize, page.FindAll(".excerpt").Count));
    }

    [Fact]
    public async Task A_link_to_a_comment_outside_its_list_lists_everything_that_waits()
    {
        var plain = await Site.WriteAsync("Plain.");
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);

        var page = OpenAt($"?tab=crisis&comment={plain.Id}");

        Assert.Equal(("Plain.", 2), (page.Find("#words").TextContent, page.FindAll(".excerpt").Count));
        page.WaitForAssertion(() => Assert.Equal($"moderation/queue?comment={plain.Id}", Address));
    }

    [Fact]
    public async Task A_link_to_a_decided_comment_says_who_decided_what()
    {
        var comment = await Site.WriteAsync("Decided before.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, Ben, Cancel);

        var page = Open(comment.Id);

        Assert.Equal("The comment by Ada waits no longer. Marked as spam by Ben.", MessageOn(page));
        Assert.Equal("Decided before.", page.Find("#words").TextContent);
    }

    [Fact]
    public async Task A_page_that_was_cut_off_while_it_marked_many_says_how_many_were_marked_once_it_is_back()
    {
        var comments = new[] { await Site.WriteAsync("One."), await Site.WriteAsync("Two."), await Site.WriteAsync("Three.") };
        var together = Decision.SpamTogether(Site.Site.Clock.GetUtcNow());
        foreach (var marked in comments[..2])
            await Site.Decisions.DecideAsync(marked.Id, 1, together, Ada, Cancel);

        var page = Open(comments[0].Id);

        Assert.Equal(
            "The comment by Ada waits no longer. Marked as spam by Ada. You marked 2 together; “Your last decisions” can undo them.",
            MessageOn(page));
    }

    [Theory]
    [InlineData("0198d5a0-0000-7000-8000-000000000001")]
    [InlineData("0198d5a0-00")]
    public async Task A_link_to_a_comment_that_is_gone_says_so_and_opens_no_other(string comment)
    {
        await Site.WriteAsync("Waits.");

        var page = OpenAt($"?comment={comment}");

        Assert.Equal("That comment is no longer there", page.Find("#case-heading").TextContent);
        Assert.Empty(page.FindAll(".actions"));
        Assert.NotEmpty(page.FindAll(".case .to-list"));
        await PressAsync(page, "j");
        Assert.Equal("Waits.", page.Find("#words").TextContent);
    }

    [Fact]
    public async Task Another_address_of_the_queue_shows_what_it_says_and_keeps_the_page()
    {
        await Site.WriteAsync("one");
        var two = await Site.WriteAsync("two");
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);
        var page = Open();

        await page.InvokeAsync(() => Navigation.NavigateTo($"/moderation/queue?tab=rest&comment={two.Id}"));
        page.WaitForAssertion(() => Assert.Equal("two", page.Find("#words").TextContent));
        Assert.Equal(2, page.FindAll(".excerpt").Count);
        await page.InvokeAsync(() => Navigation.NavigateTo("/moderation/queue"));

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".excerpt").Count));
    }

    [Fact]
    public async Task On_a_phone_a_comment_is_an_entry_of_its_own_which_is_left_by_going_back()
    {
        await Site.WriteAsync("one");
        var two = await Site.WriteAsync("two");
        var script = Context.JSInterop.SetupModule(ModerationAssets.Address("queue.js"));
        script.Mode = JSRuntimeMode.Loose;
        script.Setup<bool>("isNarrow").SetResult(true);
        var page = Open();

        await page.FindAll(".row-button")[1].ClickAsync();
        page.WaitForAssertion(() => Assert.Equal($"moderation/queue?comment={two.Id}", Address));
        Assert.False(((BunitNavigationManager)Navigation).History.First().Options.ReplaceHistoryEntry);
        await PressAsync(page, "k");
        Assert.True(((BunitNavigationManager)Navigation).History.First().Options.ReplaceHistoryEntry);
        await page.Find(".to-list").ClickAsync();

        script.VerifyInvoke("back");
        Assert.Equal("list", page.Find(".queue").GetAttribute("data-view"));
        Assert.Equal(page.FindAll(".row-button")[0].Id, script.Invocations["focus"][^1].Arguments[0]);
    }

    [Fact]
    public async Task On_a_phone_list_all_that_waits_leads_to_the_list()
    {
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);
        var page = OpenAt("?q=nothing");

        await Button(page, "List all that waits").ClickAsync();

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".excerpt")));
        Assert.Equal("list", page.Find(".queue").GetAttribute("data-view"));
    }

    [Fact]
    public async Task On_a_phone_back_closes_the_comment_and_leads_to_its_row()
    {
        var one = await Site.WriteAsync("one");
        var script = Context.JSInterop.SetupModule(ModerationAssets.Address("queue.js"));
        script.Mode = JSRuntimeMode.Loose;
        script.Setup<bool>("isNarrow").SetResult(true);
        var page = Open();
        await page.Find(".row-button").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("case", page.Find(".queue").GetAttribute("data-view")));

        await page.InvokeAsync(() => Navigation.NavigateTo("/moderation/queue"));

        page.WaitForAssertion(() => Assert.Equal("list", page.Find(".queue").GetAttribute("data-view")));
        Assert.Equal("moderation/queue", Address);
        Assert.Equal(QueueList.RowId(one.Id), script.Invocations["focus"][^1].Arguments[0]);
    }
}
