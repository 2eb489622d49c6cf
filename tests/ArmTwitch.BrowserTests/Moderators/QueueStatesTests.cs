using ArmTwitch.Comments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>What the queue can look like, one state after the other.</summary>
public sealed class QueueStatesTests(LiveSiteFixture live) : IAsyncLifetime
{
    private EmptySiteFixture day = null!;

    public async ValueTask InitializeAsync() => day = await EmptySiteFixture.BeginAsync(("Limits:Enabled", "false"));

    public ValueTask DisposeAsync() => day.DisposeAsync();

    [Fact]
    public async Task No_state_of_the_queue_keeps_anybody_out()
    {
        await day.Site.FillQueueAsync("one", "two", "three");
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        await Expect(page.Locator("#words")).ToHaveTextAsync("one");
        await page.OpenRowAsync();

        await IsPrintedWholeAsync(page);
        foreach (var key in (string[])["n", "p", "x"])
        {
            await page.GlanceAsync();
            await page.Keyboard.PressAsync(key);
            await Expect(page.Locator("#panel")).ToBeFocusedAsync();
            if (key is "x")
                await page.GetByLabel("Something else, in your words").CheckAsync();
            await IsCleanAsync(page);
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator("#case-heading")).ToBeFocusedAsync();
        }

        await page.Keyboard.PressAsync(" ");
        await Expect(page.Locator(".toast")).ToContainTextAsync("1 chosen");
        await IsCleanAsync(page);
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("#bulk-yes")).ToBeFocusedAsync();
        await IsCleanAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#bulk-spam")).ToBeFocusedAsync();

        await day.Site.FillQueueAsync("I want to end my life.");
        await using var db = day.Site.Database();
        var crisis = await db.Set<Comment>().SingleAsync(one => one.Level == FlagLevel.Crisis, TestContext.Current.CancellationToken);
        day.Site.Get<CommentChangeNotifier>().Notify(crisis, isSeen: false);
        await Expect(page.Locator(".alarm p")).ToBeVisibleAsync();
        await IsCleanAsync(page);

        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".toast")).ToContainTextAsync("Approved");
        await GoToAsync(page, "?state=approved", ".row-button");
        await page.OpenRowAsync();
        await page.Keyboard.PressAsync("e");
        await Expect(page.GetByLabel("Answer as Ada, editor")).ToBeFocusedAsync();
        await IsCleanAsync(page);
        await GoToAsync(page, "?q=nothing+has+this+in+it", ".queue-list .empty");
        await IsCleanAsync(page);
        await GoToAsync(page, $"?comment={Guid.Empty}", ".case .none p");
        await IsCleanAsync(page);
    }

    [Fact]
    public async Task Esc_ends_a_form_that_is_only_opening_and_the_next_key_is_for_the_comment()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        await page.OpenRowAsync();

        await page.PressTogetherAsync(0, "x", "2", "Enter", "Escape", "n");

        await Expect(page.GetByLabel("Note for moderators")).ToBeFocusedAsync();
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
    }

    [Fact]
    public async Task Words_that_are_typed_while_a_form_opens_are_kept_although_Esc_ends_it_or_another_comment_is_opened()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        await page.OpenRowAsync();
        var note = page.GetByLabel("Note for moderators");

        await page.PressTogetherAsync(0, ["n", .. "phone her".Select(letter => $"{letter}"), "Escape"]);
        await page.WaitForFunctionAsync("() => sessionStorage.length === 1");
        await Expect(note).ToHaveCountAsync(0);
        await page.PressTogetherAsync(0, ["n", .. " now".Select(letter => $"{letter}")]);

        await Expect(note).ToHaveValueAsync("phone her now");
        await page.Keyboard.PressAsync("Escape");
        await Expect(note).ToHaveCountAsync(0);
        await page.EvaluateAsync(
            """
            () => {
                for (const key of 'n today')
                    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                document.querySelectorAll('.row-button')[1].click();
            }
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on with it" }).ClickAsync();
        await Expect(note).ToHaveValueAsync("phone her now today");
    }

    [Fact]
    public async Task In_a_low_window_a_form_leaves_the_comment_in_sight_and_Esc_closes_what_hangs_over_it_first()
    {
        await day.Site.FillQueueAsync("one", "I want to end my life.");
        await using var moderator = await live.NewReaderAsync(640, 400);
        var page = await moderator.JoinAsync(day.Invitation);
        await page.OpenRowAsync();

        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("#panel")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("2");

        await Expect(page.Locator("#words")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.GetByLabel("Advertising")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Advertising")).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#panel")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "To the list" }).ClickAsync();
        await page.Locator(".more-filters summary").ClickAsync();
        await page.GetByLabel("Rule").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".more-filters summary")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Rule")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task With_a_finger_the_words_to_take_out_stand_in_the_place_of_the_comment()
    {
        await day.Site.FillQueueAsync("I saw Judith Hallam about it. It took a while and went by itself. Ring me on 07700 900123.");
        await using var moderator = await live.NewReaderAsync(390, 844, isTouched: true);
        var page = await moderator.JoinAsync(day.Invitation);
        await page.Locator(".row-button").First.TapAsync();
        await Expect(page.Locator("#case-heading")).ToBeFocusedAsync(new() { Timeout = 120_000 });
        await page.GlanceAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Take out" }).TapAsync();

        await Expect(page.Locator("#tap-head")).ToBeFocusedAsync();
        await Expect(page.Locator("#words")).ToBeHiddenAsync();
        foreach (var word in (string[])["Judith", "Hallam", "900123"])
            await Expect(page.Locator(".tap-words button", new() { HasText = word })).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.Locator(".tap-words button", new() { HasText = "Judith" }).TapAsync(new() { Timeout = 5_000 });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve without 2 places" })).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    private static async Task IsPrintedWholeAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator("#words")).ToBeVisibleAsync();
        foreach (var part in (string[])["body > header", ".queue-list", ".case-foot button >> nth=0"])
            await Expect(page.Locator(part)).ToBeHiddenAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('main, .queue, .case')].filter(part => getComputedStyle(part).overflowY !== 'visible').length"));
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    private static Task IsCleanAsync(IPage page) => AxeRunner.IsCleanAsync(page, isBrief: true);

    private async Task GoToAsync(IPage page, string query, string sign)
    {
        await page.GotoAsync($"{day.Origin}/moderation/queue{query}");
        await Expect(page.Locator(sign).First).ToBeVisibleAsync();
    }
}
