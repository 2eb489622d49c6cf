using ArmTwitch.Pages.Store;

namespace ArmTwitch.Tests.Pages.Store;

/// <summary>The best compression costs more than making a page: only what stays is worth it.</summary>
public sealed class PageCompressionServiceTests : IDisposable
{
    private const string Page = "/about";

    private readonly TestSite site = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task A_page_is_packed_smaller_when_it_has_stood_for_ten_seconds()
    {
        using var visitor = site.Visit();
        var first = await TagAsync(visitor);

        var tag = first;
        while (tag == first)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), Stop);
            tag = await TagAsync(visitor);
        }

        Assert.EndsWith("-br5\"", first, StringComparison.Ordinal);
        Assert.EndsWith("-br\"", tag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_was_made_anew_is_not_taken_for_the_one_before()
    {
        using var visitor = site.Visit();
        await TagAsync(visitor);
        var (store, before) = (site.Get<PageStore>(), site.Clock.GetUtcNow());
        Assert.NotNull(store.FindSince(Page, before));

        store.DropAll();
        site.Clock.Advance(TimeSpan.FromSeconds(9));
        await TagAsync(visitor);

        Assert.Null(store.FindSince(Page, before));
        Assert.NotNull(store.FindSince(Page, site.Clock.GetUtcNow()));
    }

    private static async Task<string> TagAsync(HttpClient visitor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await visitor.SendAsync(request, Stop);
        return answer.Headers.ETag!.Tag;
    }
}
