using System.Text.RegularExpressions;
using ArmTwitch.BrowserTests.Readers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>The whole round: a reader writes without script, a moderator decides with the keyboard alone, readers see it.</summary>
public sealed class ModerationRoundTripTests(LiveSiteFixture live) : IAsyncLifetime
{
    private const string Article = "/articles/arm-muscle-twitching";

    private static readonly Regex SignIn = new("/moderation/sign-in");

    private EmptySiteFixture day = null!;

    public async ValueTask InitializeAsync() => day = await EmptySiteFixture.BeginAsync(("Limits:Enabled", "false"));

    public ValueTask DisposeAsync() => day.DisposeAsync();

    [Fact]
    public async Task A_comment_is_written_without_script_approved_by_keyboard_and_read()
    {
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("0 waiting");

        await using var reader = await live.NewReaderAsync(390, 844, script: false);
        var own = await WriteAsync(reader, "It stopped after nine days.\n\nSleep helped: a < b.");
        await Expect(own.Locator("main")).ToContainTextAsync("awaiting moderation");
        await SeesAsync(reader, "No comments yet");

        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
        await page.OpenRowAsync();
        await Expect(page.Locator("#words")).ToContainTextAsync("Sleep helped: a < b.");
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".toast")).ToContainTextAsync("Approved");

        await SeesAsync(reader, "It stopped after nine days.");
        await own.ReloadAsync();
        await Expect(own.Locator("main")).ToContainTextAsync("Your comment was approved.");
    }

    [Fact]
    public async Task Two_moderators_see_what_the_other_does()
    {
        await using var first = await live.NewReaderAsync();
        var page = await first.JoinAsync(day.Invitation);
        await page.GotoAsync($"{day.Origin}/moderation/people");
        await page.GetByLabel("E-mail address").FillAsync("ben@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make" }).ClickAsync();
        await using var second = await live.NewReaderAsync();
        var other = await second.JoinAsync(await page.Locator(".link").InnerTextAsync(), "Ben", "ben@example.org");
        await page.GotoAsync($"{day.Origin}/moderation/queue");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("0 waiting");
        await Expect(other.Locator(".counts strong")).ToHaveTextAsync("0 waiting");

        await using var reader = await live.NewReaderAsync(script: false);
        await WriteAsync(reader, "Seen by both.");
        await Expect(page.Locator(".excerpt")).ToHaveTextAsync("Seen by both.");
        await other.OpenRowAsync();
        await Expect(page.Locator(".queue-list")).ToContainTextAsync("Ben is here");
        await other.Keyboard.PressAsync("s");

        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("0 waiting");
        await Expect(page.Locator(".queue-list")).ToContainTextAsync("Nothing waits");
    }

    [Fact]
    public async Task An_idle_queue_closes_although_comments_arrive()
    {
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        await using var reader = await live.NewReaderAsync(script: false);

        day.Site.Clock.Advance(TimeSpan.FromMinutes(29));
        await WriteAsync(reader, "Is anybody there?");
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("1 waiting");
        day.Site.Clock.Advance(TimeSpan.FromMinutes(2));

        await Expect(page).ToHaveURLAsync(SignIn, new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task Signing_out_closes_every_screen_of_the_session()
    {
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        var second = await moderator.NewPageAsync();

        await second.GotoAsync($"{day.Origin}/moderation/sign-out");
        await second.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(SignIn, new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task The_moderation_screens_keep_nobody_out()
    {
        await using var reader = await live.NewReaderAsync(script: false);
        await WriteAsync(reader, "My speech is slurred since this morning. Take 400 mg, or ring 07700 900123.", keep: true);
        await WriteAsync(reader, "I want to end my life.");
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        await Expect(page.Locator("#words")).ToContainTextAsync("end my life");
        await ShowEverythingAsync(page);
        await AxeRunner.IsCleanAsync(page);
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#words")).ToContainTextAsync("slurred");
        await page.GlanceAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator("form.box li")).ToHaveCountAsync(2);
        await AxeRunner.IsCleanAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("form.box legend")).ToBeFocusedAsync();
        await AxeRunner.IsCleanAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#case-heading")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator(".recent")).ToHaveCountAsync(1);
        await page.GotoAsync($"{day.Origin}/moderation/audit");
        await Expect(page.Locator("table")).ToBeVisibleAsync();
        await AxeRunner.IsCleanAsync(page);
        await page.GotoAsync($"{day.Origin}/moderation/figures");
        await Expect(page.Locator(".plot").First).ToBeVisibleAsync();
        await page.EvaluateAsync("for (const numbers of document.querySelectorAll('details')) numbers.open = true");
        await AxeRunner.IsCleanAsync(page);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task The_moderation_screens_cut_nothing_off(int width)
    {
        await using var reader = await live.NewReaderAsync(script: false);
        await WriteAsync(
            reader, "I take 400 mg. My page: https://example.org/a-very-long-address-that-has-no-place-to-break-anywhere-in-it");
        await WriteAsync(reader, "My speech is slurred, or ring 07700 900123.", keep: true);
        await using var moderator = await live.NewReaderAsync(width);
        var page = await moderator.JoinAsync(day.Invitation);
        await Expect(page.Locator("#words")).ToContainTextAsync("slurred");
        await ShowEverythingAsync(page);
        await CutsNothingOffAsync(page);
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator("#panel")).ToBeFocusedAsync();
        await CutsNothingOffAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("form.box legend")).ToBeFocusedAsync();
        await CutsNothingOffAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("form.box")).ToHaveCountAsync(0);
        await page.GlanceAsync();
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator(".recent")).ToHaveCountAsync(1);
        foreach (var address in (string[])[
            "/moderation/figures", "/moderation/audit", "/moderation/feedback", "/moderation/people", "/moderation/account",
            "/moderation/subscribers", "/moderation/subscribers/import", "/moderation/subscribers/export"])
        {
            await page.GotoAsync($"{day.Origin}{address}");
            await page.Locator("h1").WaitForAsync();
            await CutsNothingOffAsync(page);
        }
    }

    [Fact]
    public async Task A_thousand_waiting_comments_open_and_stay_quick()
    {
        await day.Site.FillQueueAsync(1000);
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);

        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("1,000 waiting");
        await Expect(page.Locator(".row-button")).ToHaveCountAsync(50);
        await page.OpenRowAsync(20);
        for (var left = 999; left > 994; left--)
        {
            await page.DecideAsync("s");
            await Expect(page.Locator(".counts strong")).ToHaveTextAsync($"{left} waiting");
        }

        // On a phone the list comes back where the comment stands, and the question about a chosen row leaves the row in view.
        await page.SetViewportSizeAsync(390, 844);
        await page.GetByRole(AriaRole.Button, new() { Name = "To the list" }).ClickAsync();
        await Expect(page.Locator(".queue-list li.open")).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.Locator(".tick").Nth(40).CheckAsync();
        await Expect(page.Locator("#bulk-spam")).ToBeVisibleAsync();
        await page.GlanceAsync();
        await page.Locator("#bulk-spam").ClickAsync();
        await Expect(page.Locator("#bulk-yes")).ToBeFocusedAsync();
        await Expect(page.Locator(".queue-list li:has(.tick:checked)")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    /// <summary>Opens the first comment of the queue, the keys, and the filters, which fold themselves once the focus goes on elsewhere.</summary>
    private static async Task ShowEverythingAsync(IPage page)
    {
        await page.OpenRowAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#help-heading")).ToBeFocusedAsync();
        await page.Locator(".more-filters").EvaluateAsync("filters => filters.open = true");
    }

    private static async Task CutsNothingOffAsync(IPage page)
    {
        var faults = await page.EvaluateAsync<string[]>(ReflowTests.TextCutOff);
        Assert.True(faults.Length is 0, $"{page.Url}\n{string.Join('\n', faults)}");
    }

    private async Task<IPage> WriteAsync(IBrowserContext reader, string text, bool keep = false)
    {
        var page = await reader.NewPageAsync();
        await page.GotoAsync($"{day.Origin}{Article}");
        await page.Locator("summary", new() { HasText = "Write a comment" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Grace");
        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send for moderation" }).ClickAsync();
        if (keep)
        {
            await page.GetByLabel("Send it with this in it").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Send for moderation" }).ClickAsync();
        }

        await Expect(page).ToHaveURLAsync(new Regex("/comments/"));
        return page;
    }

    private async Task SeesAsync(IBrowserContext reader, string words)
    {
        var page = await reader.NewPageAsync();
        await page.GotoAsync($"{day.Origin}{Article}");
        await Expect(page.Locator(".comments")).ToContainTextAsync(words);
        await page.CloseAsync();
    }
}
