using System.Text.RegularExpressions;
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

    /// <summary>Opens a comment of the list by its row, and waits until it can be decided on by keys.</summary>
    public static async Task OpenRowAsync(this IPage desk, int number = 0)
    {
        await desk.Locator(".row-button").Nth(number).FocusAsync();
        await desk.Keyboard.PressAsync("Enter");
        // The page moves the focus once it listens to keys, which takes a while when other tests keep the machine busy.
        await Expect(desk.Locator("#case-heading")).ToBeFocusedAsync(new() { Timeout = 120_000 });
        await desk.GlanceAsync();
    }

    /// <summary>Decides on the open comment by a key, and waits until the next one is open and can be decided on.</summary>
    public static async Task DecideAsync(this IPage desk, string key)
    {
        var queue = desk.Locator(".queue");
        var (comment, undo) = (await queue.GetAttributeAsync("data-comment"), await queue.GetAttributeAsync("data-undo"));
        await desk.Keyboard.PressAsync(key);
        await Expect(queue).ToHaveAttributeAsync("data-undo", new Regex($"^(?!{undo}$)[0-9]+$"));
        await Expect(queue).ToHaveAttributeAsync("data-comment", new Regex($"^(?!{comment}$)."));
        await desk.GlanceAsync();
    }

    /// <summary>Presses keys within the page, where no busy machine comes between them.</summary>
    /// <param name="apart">Milliseconds from one to the next; 0 for all at once, before the page can do anything.</param>
    public static Task PressTogetherAsync(this IPage desk, int apart, params IEnumerable<string> keys) => desk.EvaluateAsync(
        """
        async ({ apart, keys }) => {
            for (const key of keys) {
                (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                if (apart > 0)
                    await new Promise(passed => setTimeout(passed, apart));
            }
        }
        """,
        new { apart, keys = keys.ToArray() });

    /// <summary>Waits until the server has heard all that was pressed and typed so far: what one page sends is taken in its order.</summary>
    public static Task BeHeardAsync(this IPage desk) => desk.EvaluateAsync("() => DotNet.invokeMethodAsync('ArmTwitch', 'AnswerPress')");

    /// <summary>Waits until the session has ended, and signs in again.</summary>
    public static async Task SignInAgainAsync(this IPage desk)
    {
        await Expect(desk).ToHaveURLAsync(new Regex("/moderation/sign-in"), new() { Timeout = 90_000 });
        // The button works once its script is there.
        await desk.WaitForLoadStateAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
    }

    /// <summary>
    /// As long as anybody needs to see that another comment stands there; the queue takes no press before. It counts from the last change:
    /// expect that first.
    /// </summary>
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
