using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>A moderation page has come, and the connection that fills it has not.</summary>
public sealed class FirstConnectionTests(LiveSiteFixture live) : IAsyncLifetime
{
    private EmptySiteFixture day = null!;

    public async ValueTask InitializeAsync() => day = await EmptySiteFixture.BeginAsync();

    public ValueTask DisposeAsync() => day.DisposeAsync();

    [Fact]
    public async Task A_first_connection_that_is_refused_is_told_and_tried_again()
    {
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        await Expect(page.Locator("#main")).ToBeVisibleAsync();
        var tries = 0;
        await page.RouteAsync("**/_blazor/negotiate*", route =>
            tries++ is 0 ? route.FulfillAsync(new() { Status = 429 }) : route.ContinueAsync());

        await page.ReloadAsync();

        await Expect(page.GetByText("The page is still empty")).ToBeVisibleAsync();
        await Expect(page.Locator("#main")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.GetByText("The page is still empty")).ToBeHiddenAsync();
    }
}
