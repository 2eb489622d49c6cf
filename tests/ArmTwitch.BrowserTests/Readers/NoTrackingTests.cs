using System.Collections.Concurrent;

namespace ArmTwitch.BrowserTests.Readers;

public sealed class NoTrackingTests(LiveSiteFixture live)
{
    /// <summary>Whatever could run, in an element, an attribute or a link.</summary>
    private const string Scripts = """
        () => [...document.querySelectorAll('*')].filter(element =>
            (element.localName === 'script' && element.type !== 'application/ld+json')
            || [...element.attributes].some(attribute => attribute.name.startsWith('on') || /^\s*javascript:/i.test(attribute.value)))
            .map(element => element.outerHTML.slice(0, 200))
        """;

    /// <summary>Every place in the browser where a site can leave something.</summary>
    private const string Stored = """
        async () => [
            ...Object.keys(localStorage),
            ...Object.keys(sessionStorage),
            ...(await indexedDB.databases()).map(database => database.name),
            ...await caches.keys(),
            ...(await navigator.serviceWorker.getRegistrations()).map(worker => worker.scope),
        ]
        """;

    [Theory]
    [MemberData(nameof(PageAddresses.All), MemberType = typeof(PageAddresses))]
    public async Task A_page_runs_nothing_keeps_nothing_and_asks_nobody_else(string address)
    {
        await using var reader = await live.NewReaderAsync();
        var requests = new ConcurrentQueue<string>();
        var cookies = new ConcurrentQueue<Task<string?>>();
        var complaints = new ConcurrentQueue<string>();
        reader.Request += (_, request) => requests.Enqueue(request.Url);
        reader.Response += (_, response) => cookies.Enqueue(response.HeaderValueAsync("set-cookie"));
        reader.WebError += (_, error) => complaints.Enqueue(error.Error);
        // What the policy blocks is told on the console. So is a page that answers 404, which here is as it should be.
        reader.Console += (_, message) => complaints.Enqueue(message.Text);

        var page = await reader.OpenAsync(address);

        Assert.All(requests, url => Assert.StartsWith($"{live.Origin}/", url, StringComparison.Ordinal));
        Assert.All(await Task.WhenAll(cookies), Assert.Null);
        Assert.Empty(await reader.CookiesAsync());
        await page.HasNoneAsync(Scripts, "script");
        await page.HasNoneAsync(Stored, "kept in the browser");
        var unexpected =
            complaints.Where(text => !text.Contains($"status of {PageAddresses.StatusOf(address)}", StringComparison.Ordinal)).ToList();
        Assert.True(unexpected.Count is 0, string.Join('\n', unexpected));
    }
}
