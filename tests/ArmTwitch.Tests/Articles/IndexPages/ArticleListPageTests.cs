using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Articles.IndexPages;

public sealed class ArticleListPageTests : IDisposable
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public async Task The_article_to_start_with_comes_first_and_the_others_once_each_under_their_first_topic()
    {
        content.WriteArticle("arm-muscle-twitching", title: "Zebras and arms");
        content.Write("articles/two.md", ContentCopy.Article("Words [@F001].", title: "Article two")
            .Replace("topics: [nerves]", "topics: [causes, nerves]", StringComparison.Ordinal));
        using var site = new TestSite(content.Folder);

        var list = await SeeAsync(site, "/articles");

        Assert.Equal(
            ["Zebras and arms", "Topic: Causes", "Article two", "Topic: Nerves", "Article one"],
            list.QuerySelectorAll(".start strong, .by-topic h2 a, .by-topic li a").Select(link => link.TextContent));
        Assert.Equal("/topics/causes", list.QuerySelector(".by-topic h2 a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Up_to_sixty_articles_stand_on_one_page()
    {
        WriteArticles(59);
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        Assert.Equal(60, (await SeeAsync(site, "/articles")).QuerySelectorAll(".by-topic li").Length);
        using var second = await visitor.GetAsync(new Uri("/articles?page=2", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
    }

    [Fact]
    public async Task More_articles_fill_pages_of_sixty()
    {
        WriteArticles(60);
        using var site = new TestSite(content.Folder);

        var last = await SeeAsync(site, "/articles?page=2");

        Assert.Single(last.QuerySelectorAll(".by-topic li"));
        Assert.Contains("page 2 of 2", last.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/articles", last.QuerySelector("[rel=prev]")!.GetAttribute("href"));
    }

    private void WriteArticles(int count)
    {
        for (var number = 0; number < count; number++)
            content.WriteArticle($"a-{number:00}");
    }

    private static async Task<IHtmlDocument> SeeAsync(TestSite site, string address)
    {
        using var visitor = site.Visit();
        return new HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri(address, UriKind.Relative), Stop));
    }
}
