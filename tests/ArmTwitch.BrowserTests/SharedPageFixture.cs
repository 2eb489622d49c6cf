using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests;

/// <summary>One page for all tests of a class, which run one after another. A new reader for each would start a process for each.</summary>
public sealed class SharedPageFixture(LiveSiteFixture live) : IAsyncLifetime
{
    private IBrowserContext? reader;
    private IPage? page;

    public async ValueTask InitializeAsync()
    {
        reader = await live.NewReaderAsync();
        page = await reader.NewPageAsync();
    }

    /// <summary>Turns to an address in a window of this size. What the last test did inside the page is gone.</summary>
    public async Task<IPage> TurnToAsync(string address, int width = 1280, int height = 800)
    {
        await page!.SetViewportSizeAsync(width, height);
        await page.TurnToAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (reader is not null)
            await reader.DisposeAsync();
    }
}
