using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>A moderator presses a button while the network is away for a moment.</summary>
public sealed class LostLineTests(LiveSiteFixture live) : IAsyncLifetime
{
    private EmptySiteFixture day = null!;

    public async ValueTask InitializeAsync() => day = await EmptySiteFixture.BeginAsync(("Limits:Enabled", "false"));

    public ValueTask DisposeAsync() => day.DisposeAsync();

    [Fact]
    public async Task A_press_without_an_answer_is_told_and_a_late_end_of_the_tries_locks_nothing()
    {
        await day.Site.FillQueueAsync("one", "two");
        await using var moderator = await live.NewReaderAsync();
        var page = await moderator.JoinAsync(day.Invitation);
        await Expect(page.Locator("#words")).ToHaveTextAsync("one");
        await page.GlanceAsync();

        await moderator.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(page.GetByText("No answer from the server yet. “Approve” is on its way")).ToBeVisibleAsync();
        await moderator.SetOfflineAsync(false);
        // Asked at once: a page that it has locked tries by itself to connect again.
        var connection = await page.EvaluateAsync<string?>("""
            () => {
                const tried = new CustomEvent('components-reconnect-state-changed', { detail: { state: 'failed' } });
                document.getElementById('components-reconnect-modal').dispatchEvent(tried);
                return document.documentElement.dataset.connection ?? null;
            }
            """);

        Assert.Null(connection);
    }
}
