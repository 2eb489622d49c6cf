using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>What only a real browser shows of the editors' screens: the frame of a preview under its policy, and who can use them.</summary>
public sealed class EditorScreensTests(LiveSiteFixture live)
{
    [Fact]
    public async Task A_preview_looks_as_on_a_phone_in_the_dark_and_the_screens_keep_nobody_out()
    {
        await using var day = await EmptySiteFixture.BeginAsync();
        await using var browser = await live.NewReaderAsync();
        var complaints = new ConcurrentQueue<string>();
        browser.Console += (_, message) =>
        {
            if (message.Type is "warning" or "error")
                complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        var page = await browser.JoinAsync(day.Invitation);

        await page.GotoAsync($"{day.Origin}/moderation/articles/twitching-in-the-biceps");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        var preview = page.FrameLocator("iframe");
        await Expect(preview.Locator("body")).ToHaveCSSAsync("background-color", "rgb(17, 25, 28)");
        await Expect(preview.Locator("h1")).ToHaveTextAsync("Twitching in the biceps");
        var frame = (await (await page.Locator("iframe").ElementHandleAsync()).ContentFrameAsync())!;
        Assert.Equal(390, await frame.EvaluateAsync<int>("innerWidth"));
        Assert.True(await frame.EvaluateAsync<bool>("document.fonts.ready.then(fonts => [...fonts].some(font => font.status === 'loaded'))"));
        await AxeRunner.IsCleanAsync(page);

        foreach (var (address, shown) in new[] { ("/moderation", "The site"), ("/moderation/articles", "Looking after"), ("/moderation/feedback", "Notes") })
        {
            await page.GotoAsync(day.Origin + address);
            await Expect(page.Locator("main")).ToContainTextAsync(shown);
            await AxeRunner.IsCleanAsync(page);
        }

        Assert.Empty(complaints);
    }
}
