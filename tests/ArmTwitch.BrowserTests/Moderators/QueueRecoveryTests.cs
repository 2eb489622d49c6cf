using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>What slips, losses and returns do to a moderator at the queue.</summary>
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
        var desk = await OpenQueueAsync(moderator, "one");

        await desk.Keyboard.PressAsync(key);
        await desk.WaitForTimeoutAsync(apart);
        await desk.Keyboard.PressAsync(key);

        await Expect(desk.Locator("[role=status]")).ToContainTextAsync(NotTaken);
        await Expect(desk.Locator("#words")).ToHaveTextAsync("two");
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await desk.GlanceAsync();
        await desk.Keyboard.PressAsync("u");
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("3 waiting");
    }

    [Fact]
    public async Task A_double_click_decides_on_one_comment_takes_back_one_and_marks_none()
    {
        await day.Site.FillQueueAsync("one", "two", "three", "four");
        await using var moderator = await live.NewReaderAsync();
        var desk = await OpenQueueAsync(moderator, "one");

        await desk.GetByRole(AriaRole.Button, new() { Name = "Approve (a)" }).DblClickAsync();
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("3 waiting");
        await desk.GlanceAsync();
        await desk.Keyboard.PressAsync("a");
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await desk.GlanceAsync();
        await desk.Locator(".recent summary").ClickAsync();
        await desk.Locator(".recent button").First.DblClickAsync();
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("3 waiting");
        await Expect(desk.Locator("[role=status]")).ToContainTextAsync(NotTaken);
        await desk.GlanceAsync();
        await desk.Locator(".queue-list input[type=checkbox]").First.CheckAsync();
        await desk.Locator(".bulk button").DblClickAsync();
        await Expect(desk.Locator(".bulk button.grave")).ToHaveTextAsync("Yes, mark 1 as spam");
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("3 waiting");
    }

    [Fact]
    public async Task A_crisis_is_published_by_the_keyboard_only_with_the_button_that_names_it()
    {
        await day.Site.FillQueueAsync("I want to end my life.");
        await using var moderator = await live.NewReaderAsync();
        var desk = await OpenQueueAsync(moderator, "I want to end my life.");

        await desk.Keyboard.PressAsync("a");
        await Expect(desk.Locator("#panel")).ToBeFocusedAsync();
        await AxeRunner.IsCleanAsync(desk);
        foreach (var key in (string[])["a", "Enter", " "])
            await desk.Keyboard.PressAsync(key);
        await desk.GlanceAsync();
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("1 waiting");

        await desk.Keyboard.PressAsync("Tab");
        await Expect(desk.GetByRole(AriaRole.Button, new() { Name = "Publish this although it speaks of ending life" })).ToBeFocusedAsync();
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("0 waiting");
    }

    [Fact]
    public async Task With_words_marked_to_go_neither_the_key_nor_the_button_publishes_them()
    {
        await day.Site.FillQueueAsync("Ring me on 07700 900123.", "two");
        await using var moderator = await live.NewReaderAsync();
        var desk = await OpenQueueAsync(moderator, "Ring me on 07700 900123.");
        await desk.GlanceAsync();
        await desk.Keyboard.PressAsync("r");
        await Expect(desk.Locator("#panel")).ToBeFocusedAsync();

        await desk.Keyboard.PressAsync("a");
        await Expect(desk.Locator("[role=status]")).ToContainTextAsync("you are taking words out");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Approve (a)" }).ClickAsync();
        await desk.GlanceAsync();
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("2 waiting");

        await desk.GetByRole(AriaRole.Button, new() { Name = "Approve without these words" }).ClickAsync();
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
    }

    [Fact]
    public async Task A_reason_in_words_goes_into_its_field_and_decides_nothing()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var desk = await OpenQueueAsync(moderator, "one");
        await desk.GlanceAsync();
        await desk.Keyboard.PressAsync("x");
        await desk.Locator("#reason-OffTopic").FocusAsync();
        await desk.Keyboard.PressAsync("a");
        await desk.GetByLabel("Something else, in your words").CheckAsync();
        await Expect(desk.Locator("#reason-words")).ToBeFocusedAsync();
        await desk.Keyboard.TypeAsync("please");
        await Expect(desk.Locator("#reason-words")).ToHaveValueAsync("please");

        await desk.ReloadAsync();
        await Expect(desk.Locator("#reason-words")).ToHaveValueAsync("please");
        await Expect(desk.Locator("#reason-words")).ToBeFocusedAsync();
        await desk.GlanceAsync();
        await desk.Keyboard.PressAsync("End");
        await desk.Keyboard.TypeAsync(" as");
        await Expect(desk.Locator("#reason-words")).ToHaveValueAsync("please as");
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
    }

    [Fact]
    public async Task On_a_phone_the_line_that_tells_of_a_decision_has_its_undo_in_view()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var desk = await OpenQueueAsync(moderator, "one");
        await desk.SetViewportSizeAsync(390, 844);

        await desk.GetByRole(AriaRole.Button, new() { Name = "Approve (a)" }).ClickAsync();
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
        await Expect(desk.Locator("#case-heading")).ToBeFocusedAsync();
        var undo = desk.GetByRole(AriaRole.Button, new() { Name = "Undo (u): Approved, Grace" });
        await Expect(undo).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(desk.Locator("#case-heading")).ToBeInViewportAsync(new() { Ratio = 1 });
        await AxeRunner.IsCleanAsync(desk);
        await desk.GlanceAsync();
        await undo.ClickAsync();

        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await Expect(desk.Locator("#words")).ToHaveTextAsync("one");
    }

    [Fact]
    public async Task A_typed_reason_survives_a_reload_and_the_end_of_the_session_and_goes_when_it_is_sent()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var desk = await OpenQueueAsync(moderator, "one");
        await desk.Keyboard.PressAsync("j");
        await Expect(desk.Locator("#words")).ToHaveTextAsync("two");
        await TypeReasonAsync(desk, "It names a school.");

        await desk.ReloadAsync();
        await Expect(desk.Locator("#reason-words")).ToHaveValueAsync("It names a school.");
        await Expect(desk.Locator("#words")).ToHaveTextAsync("two");

        day.Site.Clock.Advance(TimeSpan.FromMinutes(31));
        await Expect(desk).ToHaveURLAsync(new Regex("/moderation/sign-in"), new() { Timeout = 90_000 });
        await desk.GetByRole(AriaRole.Button, new() { Name = "passkey" }).ClickAsync();
        await Expect(desk.Locator("#reason-words")).ToHaveValueAsync("It names a school.");

        await desk.GetByRole(AriaRole.Button, new() { Name = "Refuse it" }).ClickAsync();
        await Expect(desk.Locator("[role=status]")).ToContainTextAsync("Refused");
        await Expect(desk.Locator("#words")).ToHaveTextAsync("one");
        Assert.Equal(0, await desk.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Fact]
    public async Task Signing_out_in_any_tab_forgets_what_was_typed()
    {
        await day.Site.FillQueueAsync("one");
        await using var moderator = await live.NewReaderAsync();
        var desk = await OpenQueueAsync(moderator, "one");
        await TypeReasonAsync(desk, "It names a school.");
        Assert.Equal(1, await desk.EvaluateAsync<int>("sessionStorage.length"));

        var second = await moderator.NewPageAsync();
        await second.GotoAsync($"{day.Origin}/moderation/sign-out");
        await second.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(desk).ToHaveURLAsync(new Regex("/moderation/sign-in"), new() { Timeout = 90_000 });
        Assert.Equal(0, await desk.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Fact]
    public async Task A_locked_database_is_told_of_and_the_queue_goes_on_afterwards()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var desk = await OpenQueueAsync(moderator, "one");
        await using (var locker = new SqliteConnection($"Data Source={Path.Combine(day.Site.DataFolder, "armtwitch.db")};Pooling=False"))
        {
            await locker.OpenAsync(TestContext.Current.CancellationToken);
            await using var hold = locker.CreateCommand();
            hold.CommandText = "BEGIN EXCLUSIVE";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await desk.Keyboard.PressAsync("a");
            await Expect(desk.Locator("[role=status]")).ToHaveTextAsync("Not saved, try again: the database does not answer now.");
            await desk.Keyboard.PressAsync("j");
            await Expect(desk.Locator("#words")).ToHaveTextAsync("two");
        }

        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("2 waiting");
        await desk.GlanceAsync();
        await desk.Keyboard.PressAsync("a");
        await Expect(desk.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
    }

    private async Task<IPage> OpenQueueAsync(IBrowserContext moderator, string first)
    {
        var desk = await moderator.JoinAsync(day.Invitation);
        await Expect(desk.Locator("#words")).ToHaveTextAsync(first);
        // Until the focus moves, no key is heard.
        await desk.Locator(".row-button").First.FocusAsync();
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator("#case-heading")).ToBeFocusedAsync(new() { Timeout = 120_000 });
        return desk;
    }

    private static async Task TypeReasonAsync(IPage desk, string reason)
    {
        await desk.GlanceAsync();
        await desk.Keyboard.PressAsync("x");
        await desk.GetByLabel("Something else, in your words").CheckAsync();
        await desk.Locator("#reason-words").PressSequentiallyAsync(reason);
    }
}
