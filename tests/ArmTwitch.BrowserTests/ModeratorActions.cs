using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests;

/// <summary>What moderators do in every test.</summary>
internal static class ModeratorActions
{
    private static readonly Dictionary<string, object> Authenticator = new()
    {
        ["options"] = new Dictionary<string, object>
        {
            ["protocol"] = "ctap2",
            ["transport"] = "internal",
            ["hasResidentKey"] = true,
            ["hasUserVerification"] = true,
            ["isUserVerified"] = true,
            ["automaticPresenceSimulation"] = true,
        },
    };

    /// <summary>A page whose browser has a device to make passkeys with.</summary>
    public static async Task<IPage> NewPageWithPasskeysAsync(this IBrowserContext browser)
    {
        var page = await browser.NewPageAsync();
        var devices = await browser.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", Authenticator);
        return page;
    }

    /// <summary>Joins by an invitation.</summary>
    /// <returns>The queue, live.</returns>
    public static async Task<IPage> JoinAsync(
        this IBrowserContext browser, string invitation, string name = "Ada", string email = "ada@example.org")
    {
        var page = await browser.NewPageWithPasskeysAsync();
        await page.GotoAsync(invitation);
        await page.GetByLabel("Your name").FillAsync(name);
        if (await page.GetByLabel("E-mail address").CountAsync() > 0)
            await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join with a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to moderation" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What waits");
        await page.GotoAsync(new Uri(new Uri(page.Url), "/moderation/queue").AbsoluteUri);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Queue");
        return page;
    }

    /// <summary>Types key by key, once the field takes it: Playwright types into a field that is still disabled, and the words are lost.</summary>
    public static async Task TypeKeysAsync(this ILocator field, string words)
    {
        await Expect(field).ToBeEnabledAsync();
        await field.FocusAsync();
        await field.Page.Keyboard.TypeAsync(words);
        await Expect(field).ToHaveValueAsync(words);
    }

    /// <summary>As long as anybody needs to see that another comment stands there; the queue takes no press before.</summary>
    public static Task GlanceAsync(this IPage desk) => desk.WaitForTimeoutAsync(300);

    /// <summary>As long as the keys that decide are off after one that came too soon.</summary>
    public static Task StopTypingAsync(this IPage desk) => desk.WaitForTimeoutAsync(1100);

    /// <summary>Comments that wait, put into the database beside the form.</summary>
    public static Task FillQueueAsync(this TestSite site, int comments) =>
        site.FillQueueAsync(
            [.. Enumerable.Range(1, comments).Select(number => $"Comment number {number} of many, which says what people say.")]);

    /// <summary>The same with texts of the test's own, the first of which has waited longest.</summary>
    public static async Task FillQueueAsync(this TestSite site, params string[] texts)
    {
        using var ready = site.CreateClient();
        await site.Get<ArmTwitch.Data.Availability.DatabaseInitializer>().WhenReadyAsync(TimeSpan.FromSeconds(30));
        await using var db = site.Database();
        var now = site.Clock.GetUtcNow();
        db.AddRange(texts.Select((text, number) => new Comment
        {
            Article = Slug.Parse("arm-muscle-twitching"),
            Author = "Grace",
            Text = text,
            WrittenAt = now,
            WaitingSince = now.AddSeconds(number + 1),
            Level = text.Contains("end my life", StringComparison.Ordinal) ? FlagLevel.Crisis : FlagLevel.Ordinary,
        }));
        await db.SaveChangesAsync();
    }
}
