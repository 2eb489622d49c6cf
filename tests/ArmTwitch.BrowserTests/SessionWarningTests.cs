using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests;

/// <summary>A session that is about to end says so in time, and whoever goes on by keyboard gets where they were.</summary>
public sealed class SessionWarningTests(LiveSiteFixture live) : IAsyncDisposable
{
    private const string Reason = "It names a school.";

    private static readonly Regex SignIn = new("/moderation/sign-in");

    private EmptySiteFixture? day;

    public ValueTask DisposeAsync() => day?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_press_before_the_end_keeps_the_session_and_a_typed_reason_survives_its_end()
    {
        await using var moderator = await live.NewReaderAsync();
        var desk = await BeginAsync(moderator, ("Moderators:IdleMinutes", "5"));
        await day!.Site.FillQueueAsync("one");
        await desk.ReloadAsync();
        await Expect(desk.Locator("#words")).ToHaveTextAsync("one");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Refuse", Exact = true }).ClickAsync();
        await desk.GetByLabel("Something else, in your words").CheckAsync();
        await desk.Locator("#reason-words").TypeKeysAsync(Reason);

        await LaterAsync(desk, TimeSpan.FromMinutes(3.5));
        await Expect(Warning(desk)).ToContainTextAsync("You will be signed out in 2 minutes.");
        await Expect(desk.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" })).ToBeFocusedAsync();
        await desk.Keyboard.PressAsync("Enter");
        await Expect(Warning(desk)).ToBeHiddenAsync();
        await Expect(desk.Locator("#reason-words")).ToBeFocusedAsync();
        await LaterAsync(desk, TimeSpan.FromMinutes(2.5));
        await Expect(desk.Locator("#reason-words")).ToHaveValueAsync(Reason);

        day!.Site.Clock.Advance(TimeSpan.FromMinutes(5));
        try
        {
            await AskHowMuchIsLeftAsync(desk);
        }
        catch (PlaywrightException)
        {
            // The page has left by itself.
        }

        await Expect(desk).ToHaveURLAsync(SignIn, new() { Timeout = 90_000 });
        await Expect(desk.GetByRole(AriaRole.Status).First).ToContainTextAsync("You were signed out after 5 minutes without activity.");
        await desk.SignInAgainAsync();
        await Expect(desk.Locator("#reason-words")).ToHaveValueAsync(Reason, new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task When_the_warning_becomes_the_end_the_keyboard_is_at_the_way_back_in()
    {
        await using var moderator = await live.NewReaderAsync();
        var page = await BeginAsync(moderator, ("Moderators:IdleMinutes", "5"));
        await page.GotoAsync($"{day!.Origin}/moderation/account");
        await LaterAsync(page, TimeSpan.FromMinutes(4));
        await Expect(Warning(page)).ToContainTextAsync("You will be signed out in a minute.");
        await AxeRunner.IsCleanAsync(page);

        await LaterAsync(page, TimeSpan.FromMinutes(2));

        await Expect(Warning(page)).ToContainTextAsync("You are signed out.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" })).ToBeFocusedAsync();
        await AxeRunner.IsCleanAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/moderation/sign-in.*account"));
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("without activity");
    }

    [Fact]
    public async Task What_nothing_puts_off_is_told_once_and_put_away_by_a_press()
    {
        await using var moderator = await live.NewReaderAsync();
        var page = await BeginAsync(moderator, ("Moderators:IdleMinutes", "59"), ("Moderators:SessionHours", "1"));
        await page.GotoAsync($"{day!.Origin}/moderation/account");
        await page.GetByLabel("Name", new() { Exact = true }).FocusAsync();
        await LaterAsync(page, TimeSpan.FromMinutes(57.5));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" })).ToBeFocusedAsync();
        day.Site.Clock.Advance(TimeSpan.FromMinutes(1));

        await page.Keyboard.PressAsync("Enter");

        await Expect(Warning(page)).ToContainTextAsync("Your session ends in 2 minutes, however busy you are.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go on until then" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Warning(page)).ToBeHiddenAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await LaterAsync(page, TimeSpan.FromSeconds(10));
        await Expect(Warning(page)).ToBeHiddenAsync();
        await LaterAsync(page, TimeSpan.FromMinutes(2));
        await Expect(Warning(page)).ToContainTextAsync("You are signed out.");
    }

    private async Task<IPage> BeginAsync(IBrowserContext moderator, params (string Key, string Value)[] settings)
    {
        day = await EmptySiteFixture.BeginAsync([("Limits:Enabled", "false"), .. settings]);
        return await moderator.JoinAsync(day.Invitation);
    }

    private static ILocator Warning(IPage page) => page.Locator("#session-ending");

    /// <summary>Lets time pass on the server, and has the page ask how much is left, as it does when its tab is seen again.</summary>
    private async Task LaterAsync(IPage page, TimeSpan time)
    {
        day!.Site.Clock.Advance(time);
        var asked = page.WaitForResponseAsync(answer => answer.Url.EndsWith("/moderation/session/left", StringComparison.Ordinal));
        await AskHowMuchIsLeftAsync(page);
        await asked;
    }

    private static async Task AskHowMuchIsLeftAsync(IPage page) =>
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
}
