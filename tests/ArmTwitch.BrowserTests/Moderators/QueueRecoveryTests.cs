using System.Text.RegularExpressions;
using ArmTwitch.Comments;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>Slips, lost connections and reloads at the queue.</summary>
public sealed class QueueRecoveryTests(LiveSiteFixture live) : IAsyncLifetime
{
    private const string NotTaken = "Your last press was not taken";

    private EmptySiteFixture day = null!;

    public async ValueTask InitializeAsync() => day = await EmptySiteFixture.BeginAsync(("Limits:Enabled", "false"));

    public ValueTask DisposeAsync() => day.DisposeAsync();

    [Theory]
    [InlineData("a", 0)]
    [InlineData("a", 30)]
    [InlineData("s", 100)]
    public async Task A_key_that_is_pressed_twice_decides_on_one_comment(string key, int apart)
    {
        await day.Site.FillQueueAsync("one", "two", "three");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "one");

        await page.PressTogetherAsync(apart, key, key);

        await Expect(page.Locator(".toast")).ToContainTextAsync(NotTaken);
        await Expect(page.Locator("#words")).ToHaveTextAsync("two");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await Expect(page.Locator(".queue")).ToHaveAttributeAsync("data-undo", new Regex("."));
        await page.StopTypingAsync();
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("3 waiting");
    }

    [Fact]
    public async Task A_double_click_decides_on_one_comment_undoes_one_and_marks_none()
    {
        await day.Site.FillQueueAsync("one", "two", "three", "four");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "one");

        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).DblClickAsync();
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("3 waiting");
        await Expect(page.Locator("#words")).ToHaveTextAsync("two");
        await page.GlanceAsync();
        await page.DecideAsync("a");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await page.Locator(".recent summary").ClickAsync();
        await page.Locator(".recent button").First.DblClickAsync();
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("3 waiting");
        await Expect(page.Locator(".toast")).ToContainTextAsync(NotTaken);
        await Expect(page.Locator("#words")).ToHaveTextAsync("two");
        await page.GlanceAsync();
        await page.Locator(".queue-list input[type=checkbox]").First.CheckAsync();
        await page.Locator(".bulk button").DblClickAsync();
        await Expect(page.Locator(".bulk button.grave")).ToHaveTextAsync("Yes, mark 1 as spam");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("3 waiting");
    }

    [Fact]
    public async Task A_crisis_is_published_by_the_keyboard_only_with_the_button_that_names_it()
    {
        await day.Site.FillQueueAsync("I want to end my life.");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "I want to end my life.");

        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator("#panel")).ToBeFocusedAsync();
        await AxeRunner.IsCleanAsync(page);
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".toast")).ToContainTextAsync("the box below asks once more");
        foreach (var key in (string[])["Enter", " "])
            await page.Keyboard.PressAsync(key);
        await page.BeHeardAsync();
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("1 waiting");

        // The words come first.
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Publish this although it speaks of ending life" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("0 waiting");
    }

    [Fact]
    public async Task Neither_the_key_nor_the_button_publishes_marked_words()
    {
        await day.Site.FillQueueAsync("Ring me on 07700 900123.", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "Ring me on 07700 900123.");
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator("#panel")).ToBeFocusedAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true })).ToBeHiddenAsync();
        await page.Locator(".queue-list li.open .row-button").FocusAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".toast")).ToContainTextAsync("you are taking words out");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");

        await page.GetByRole(AriaRole.Button, new() { Name = "Approve without 1 place" }).ClickAsync();
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
    }

    [Fact]
    public async Task A_reason_in_words_goes_into_its_field_and_decides_nothing()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "one");
        await page.Keyboard.PressAsync("x");
        await page.Locator("#reason-OffTopic").FocusAsync();
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.TypeAsync("9please");
        await Expect(page.Locator("#reason-words")).ToHaveValueAsync("please");

        await page.ReloadAsync();
        await Expect(page.Locator("#reason-words")).ToHaveValueAsync("please");
        await Expect(page.Locator("#reason-words")).ToBeFocusedAsync();
        await page.BeHeardAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(" as");
        await Expect(page.Locator("#reason-words")).ToHaveValueAsync("please as");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
    }

    [Fact]
    public async Task On_a_phone_a_key_of_any_alphabet_shows_the_comment_before_it_decides()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync(390, 844);
        var page = await moderator.JoinAsync(day.Invitation);
        // Tab stops once in the list as soon as keys work.
        await Expect(page.Locator(".row-button[tabindex='-1']")).ToHaveCountAsync(1);

        await page.DispatchEventAsync("body", "keydown", new { key = "ф", code = "KeyA", bubbles = true });
        await Expect(page.Locator(".toast")).ToContainTextAsync("the comment was not on the screen");
        await Expect(page.Locator("#words")).ToBeVisibleAsync();
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await page.GlanceAsync();
        await page.DispatchEventAsync("body", "keydown", new { key = "A", code = "KeyA", bubbles = true });
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
    }

    [Fact]
    public async Task On_a_phone_the_undo_of_a_decision_is_in_view()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "one");
        await page.SetViewportSizeAsync(390, 844);

        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
        await Expect(page.Locator("#case-heading")).ToBeFocusedAsync();
        var undo = page.GetByRole(AriaRole.Button, new() { Name = "Undo (Approved, Grace)" });
        await Expect(undo).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.Locator("#case-heading")).ToBeInViewportAsync(new() { Ratio = 1 });
        await AxeRunner.IsCleanAsync(page);
        await page.GlanceAsync();
        await undo.ClickAsync();

        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await Expect(page.Locator("#words")).ToHaveTextAsync("one");
    }

    [Fact]
    public async Task A_typed_reason_survives_a_reload_and_the_end_of_the_session_until_it_is_sent()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "one");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#words")).ToHaveTextAsync("two");
        await TypeReasonAsync(page, "It names a school.");

        await page.ReloadAsync();
        await Expect(page.Locator("#reason-words")).ToHaveValueAsync("It names a school.");
        await Expect(page.Locator("#words")).ToHaveTextAsync("two");

        day.Site.Clock.Advance(TimeSpan.FromMinutes(31));
        await page.SignInAgainAsync();
        await Expect(page.Locator("#reason-words")).ToHaveValueAsync("It names a school.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Refuse it" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("Refused");
        await Expect(page.Locator("#words")).ToHaveTextAsync("one");
        await page.WaitForFunctionAsync("() => sessionStorage.length === 0");
    }

    [Fact]
    public async Task Signing_out_in_any_tab_deletes_drafts()
    {
        await day.Site.FillQueueAsync("one");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "one");
        await TypeReasonAsync(page, "It names a school.");
        await page.WaitForFunctionAsync("() => sessionStorage.length === 1");

        var second = await moderator.NewPageAsync();
        await second.GotoAsync($"{day.Origin}/moderation/sign-out");
        await second.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/moderation/sign-in"), new() { Timeout = 90_000 });
        await page.WaitForFunctionAsync("() => sessionStorage.length === 0");
    }

    [Fact]
    public async Task A_locked_database_is_reported_and_the_queue_goes_on_afterwards()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "one");
        await using (var locker = new SqliteConnection($"Data Source={Path.Combine(day.Site.DataFolder, "armtwitch.db")};Pooling=False"))
        {
            await locker.OpenAsync(TestContext.Current.CancellationToken);
            await using var hold = locker.CreateCommand();
            hold.CommandText = "BEGIN EXCLUSIVE";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await page.Keyboard.PressAsync("a");
            await Expect(page.Locator(".toast")).ToContainTextAsync("Not saved, try again: the database does not answer now.");
            await page.Keyboard.PressAsync("j");
            await Expect(page.Locator("#words")).ToHaveTextAsync("two");
        }

        // Until the claim is saved, it may say that it is working.
        await Expect(page.Locator(".toast p")).ToHaveCountAsync(0);
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await page.GlanceAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
    }

    [Fact]
    public async Task The_keyboard_alone_approves_with_one_key_refuses_with_three_and_takes_a_name_out_with_six()
    {
        await day.Site.FillQueueAsync("one", "two", "I saw Judith Hallam about it.", "four");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "one");

        await page.DecideAsync("a");
        await Expect(page.Locator("#words")).ToHaveTextAsync("two");
        foreach (var key in (string[])["x", "1", "Enter"])
            await page.Keyboard.PressAsync(key);
        await Expect(page.Locator("#words")).ToContainTextAsync("Hallam");
        await page.GlanceAsync();
        foreach (var key in (string[])["r", "j", "u", "Space", "Enter", "Enter"])
            await page.Keyboard.PressAsync(key);

        await Expect(page.Locator("#words")).ToHaveTextAsync("four");
        await using var db = day.Site.Database();
        var decided = await db.Set<Comment>().OrderBy(one => one.WaitingSince).Select(one => new { one.Status, one.ShownText, one.Reason })
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal((CommentStatus.Approved, CommentStatus.Rejected), (decided[0].Status, decided[1].Status));
        Assert.Equal("I saw [removed: words] about it.", decided[2].ShownText);
    }

    [Fact]
    public async Task Letters_with_which_no_word_begins_select_nothing_and_Enter_publishes_nothing()
    {
        await day.Site.FillQueueAsync("I saw Judith Hallam about it.", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await OpenQueueAsync(moderator, "I saw Judith Hallam about it.");

        foreach (var key in (string[])["r", "j", "Enter", "h", "a", "l", "l", "e", "m", "Enter"])
            await page.Keyboard.PressAsync(key);

        await Expect(page.Locator(".pick-said")).ToContainTextAsync("No word begins with “hallem”.");
        await Expect(page.Locator("form.box li q")).ToHaveTextAsync("Judith");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
    }

    private async Task<IPage> OpenQueueAsync(IBrowserContext moderator, string first)
    {
        var page = await moderator.JoinAsync(day.Invitation);
        await Expect(page.Locator("#words")).ToHaveTextAsync(first);
        await page.OpenRowAsync();
        return page;
    }

    private static async Task TypeReasonAsync(IPage page, string reason)
    {
        await page.Keyboard.PressAsync("x");
        await page.GetByLabel("Something else, in your words").CheckAsync();
        await page.Locator("#reason-words").TypeKeysAsync(reason);
    }
}
