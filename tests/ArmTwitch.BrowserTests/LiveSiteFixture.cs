using ArmTwitch.BrowserTests;
using ArmTwitch.Pages;
using ArmTwitch.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(LiveSiteFixture))]

namespace ArmTwitch.BrowserTests;

/// <summary>The real site on a port of its own, and one Chromium to read it with. Started once for all tests.</summary>
public sealed class LiveSiteFixture : IAsyncLifetime
{
    // Without a public address, links point to the port that the site listens on.
    private readonly TestSite site = new(settings: ("Site:BaseUrl", ""));
    private IPlaywright? playwright;
    private IBrowser? browser;

    public string Origin => site.Get<Site>().Origin;

    public T Get<T>() where T : notnull => site.Get<T>();

    public async ValueTask InitializeAsync()
    {
        // A busy machine may need longer than Playwright's five seconds; a condition that comes true ends the wait at once.
        Assertions.SetDefaultExpectTimeout(20_000);
        site.UseKestrel(0);
        site.StartServer();

        // The first search makes the index. Until then a few pages that search at once would be asked to come again.
        using (var client = new HttpClient())
            await client.GetStringAsync(new Uri($"{Origin}/search?q=arm"));
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ExternalTools.Chromium,
            Args = [
                "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync"],
        });
    }

    /// <summary>A reader who has never been here before. Dispose it to close what it opened.</summary>
    public Task<IBrowserContext> NewReaderAsync(int width = 1280, int height = 800, bool script = true, bool isTouched = false) =>
        browser!.NewContextAsync(new()
        {
            BaseURL = Origin,
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = script,
            HasTouch = isTouched,
            IsMobile = isTouched,
        });

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        await site.DisposeAsync();
    }
}
