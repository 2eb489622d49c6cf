using System.Net;
using System.Text;
using ArmTwitch.Search;
using Microsoft.AspNetCore.Http;

namespace ArmTwitch.Tests.Search;

/// <summary>What a search finds between the start and the moment when the index is ready.</summary>
public sealed class SearchBeforeIndexTests : IDisposable
{
    private readonly TestSite site = new();
    private readonly ArticleSearch search;

    public SearchBeforeIndexTests() => search = site.Get<ArticleSearch>();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task Titles_and_summaries_are_searched_and_the_reader_is_told()
    {
        var results = await FindAsync("biceps");
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = site.Services, Response = { Body = body } };
        await site.Get<SearchPageResults>().Show(http, results).ExecuteAsync(http);
        await http.Response.BodyWriter.FlushAsync(Stop);

        var html = Encoding.UTF8.GetString(body.ToArray());
        Assert.Contains("still preparing its search", html, StringComparison.Ordinal);
        Assert.Contains("/articles/twitching-in-the-biceps", html, StringComparison.Ordinal);
        Assert.Equal("no-store", http.Response.Headers.CacheControl);
    }

    [Fact]
    public async Task Words_of_danger_get_their_card_and_few_articles_all_the_same()
    {
        var results = await FindAsync("i want to die of this twitching muscle");

        Assert.True(results.IsPreliminary);
        Assert.True(results.Danger.IsCrisis);
        Assert.Equal(2, results.Hits.Count);
        Assert.Equal("when-to-get-help", results.Hits[0].Article.Slug.ToString());
    }

    [Fact]
    public async Task Soon_everything_is_searched()
    {
        Assert.True((await FindAsync("biceps")).IsPreliminary);
        await search.Prepare().WaitAsync(Stop);

        var results = await search.FindAsync("biceps", null, Stop);

        Assert.False(results!.IsPreliminary);
        Assert.Contains(results.Hits[0].Snippet, part => part.IsFound);
    }

    /// <summary>Lets all the time pass that a query would wait, before the index is begun.</summary>
    private async Task<SearchResults> FindAsync(string query)
    {
        Task<SearchResults?> asked;
        using (await search.EnterAsync(IPAddress.Loopback, Stop))
        {
            asked = search.FindAsync(query, null, Stop);
            site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return (await asked)!;
    }
}
