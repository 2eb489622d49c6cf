using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>From an empty database to a signed-in admin, with nothing but the address in the log and a passkey.</summary>
public sealed class PasskeyTests(LiveSiteFixture live)
{
    [Fact]
    public async Task The_first_admin_joins_by_the_logged_address_and_signs_in_with_a_passkey()
    {
        await using var day = await EmptySiteFixture.BeginAsync();
        await using var browser = await live.NewReaderAsync();
        var complaints = new ConcurrentQueue<string>();
        browser.WebError += (_, error) => complaints.Enqueue(error.Error);
        browser.Console += (_, message) =>
        {
            if (message.Type is "warning" or "error")
                complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        var page = await browser.NewPageWithPasskeysAsync();

        await page.GotoAsync(day.Invitation);
        await AxeRunner.IsCleanAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join with a passkey" }).ClickAsync();
        await Expect(page.Locator("[data-passkey-status]")).ToContainTextAsync("First fill in your name");
        await page.GetByLabel("Your name").FillAsync("Ada");
        await page.GetByLabel("E-mail address").FillAsync("ada@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Join with a passkey" }).ClickAsync();
        await Expect(page.Locator(".codes code")).ToHaveCountAsync(10);
        await AxeRunner.IsCleanAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to moderation" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{day.Origin}/moderation");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What waits");
        await Expect(page.Locator("header")).ToContainTextAsync("Ada");
        await Expect(page).ToHaveTitleAsync("What waits – moderation");
        await AxeRunner.IsCleanAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "My account" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Made when joining");
        await AxeRunner.IsCleanAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("ada@example.org");
        await AxeRunner.IsCleanAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{day.Origin}/moderation/sign-in");
        await AxeRunner.IsCleanAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();

        await Expect(page.Locator("header")).ToContainTextAsync("Ada");
        await Expect(page.Locator("main")).ToContainTextAsync("checks of the site are fine");
        // The only refusal was made by this test.
        var unexpected = complaints.Where(text => !text.Contains("status of 422", StringComparison.Ordinal)
            && !text.StartsWith("info", StringComparison.Ordinal)).ToList();
        Assert.True(unexpected.Count is 0, string.Join('\n', unexpected));
    }

    [Fact]
    public async Task A_double_press_joins_once_and_after_a_refusal_the_button_works_again()
    {
        await using var day = await EmptySiteFixture.BeginAsync();
        await using var browser = await live.NewReaderAsync();
        var page = await browser.NewPageWithPasskeysAsync();
        var ceremonies = 0;
        page.Request += (_, request) => ceremonies += request.Url.EndsWith("/moderation/passkeys/join", StringComparison.Ordinal) ? 1 : 0;
        await page.GotoAsync(day.Invitation);
        var join = page.GetByRole(AriaRole.Button, new() { Name = "Join with a passkey" });

        await join.DblClickAsync();
        await Expect(page.Locator("[data-passkey-status]")).ToContainTextAsync("First fill in your name");
        await Expect(join).Not.ToHaveAttributeAsync("aria-busy", "true");
        Assert.Equal(1, ceremonies);
        await page.GetByLabel("Your name").FillAsync("Ada");
        await page.GetByLabel("E-mail address").FillAsync("ada@example.org");
        await join.DblClickAsync();

        await Expect(page.Locator(".codes code")).ToHaveCountAsync(10);
        Assert.Equal(2, ceremonies);
    }
}
