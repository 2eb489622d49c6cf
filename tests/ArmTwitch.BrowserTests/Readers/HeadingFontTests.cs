namespace ArmTwitch.BrowserTests.Readers;

public sealed class HeadingFontTests(LiveSiteFixture live)
{
    private const string FontArrived = "() => [...document.fonts].some(face => face.family === 'Bitter' && face.status === 'loaded')";

    /// <summary>Elements that moved without the reader's doing; the score is that of Cumulative Layout Shift.</summary>
    private const string Shifts = """
        () => new Promise(done => {
            const shifts = [];
            new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
            requestAnimationFrame(() => setTimeout(() => done(shifts.map(shift =>
                `${shift.value}: ${shift.sources.map(source => source.node?.parentElement?.outerHTML.slice(0, 200)).join(' ')}`)), 200));
        })
        """;

    [Theory]
    [InlineData(PageAddresses.Home, 390)]
    [InlineData(PageAddresses.Home, 1280)]
    [InlineData(PageAddresses.Article, 390)]
    [InlineData(PageAddresses.Article, 1280)]
    [InlineData("/articles", 390)]
    [InlineData("/check", 390)]
    public async Task Nothing_moves_when_the_font_arrives_late(string address, int width)
    {
        await using var reader = await live.NewReaderAsync(width, 844);
        var mayArrive = new TaskCompletionSource();
        await reader.RouteAsync("**/fonts/*", async route =>
        {
            await mayArrive.Task;
            await route.ContinueAsync();
        });
        var page = await reader.NewPageAsync();
        await page.GotoAsync(address, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.DOMContentLoaded });
        await page.EvaluateAsync("() => new Promise(painted => requestAnimationFrame(() => setTimeout(painted, 100)))");
        Assert.False(await page.EvaluateAsync<bool>(FontArrived));

        mayArrive.SetResult();
        await page.WaitForFunctionAsync(FontArrived);

        await page.HasNoneAsync(Shifts, "moved");
    }
}
