using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Tests.Articles.ArticlePages;

public sealed class ShortArticlePageTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_article_can_be_read_in_short_from_the_same_file()
    {
        foreach (var article in shared.Site.Get<ArmTwitch.Articles.ArticleLibrary>().Current.Latest)
        {
            var whole = await ReadAsync(shared.Visitor, article.Address);
            var brief = await ReadAsync(shared.Visitor, article.ShortAddress);

            Assert.Equal(article.ShortAddress, whole.QuerySelector(".reviewed > a:last-child")!.GetAttribute("href"));
            Assert.Equal($"https://armtwitch.test{article.ShortAddress}", brief.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
            Assert.Equal($"https://armtwitch.test{article.Address}", whole.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
            Assert.Equal(article.Summary, brief.QuerySelector(".lead")!.TextContent);
            // The page that begins with the numbers has the choice of a country there.
            foreach (var choice in whole.QuerySelectorAll(".card .elsewhere").Concat(brief.QuerySelectorAll(".card .elsewhere")))
                choice.Remove();
            Assert.Equal(
                whole.QuerySelectorAll(".card, .key-facts").Select(Words), brief.QuerySelectorAll(".card, .key-facts").Select(Words));
            Assert.Empty(brief.QuerySelectorAll("main table, main form:not(.country), main .myth, main .references"));
            Assert.Contains(
                brief.QuerySelectorAll("main a"),
                link => link.GetAttribute("href") == article.Address && link.TextContent == "Read the whole article");
            Assert.All(brief.QuerySelectorAll("main .cite a"), cite =>
            {
                var address = cite.GetAttribute("href")!.Split('#');
                Assert.Equal(article.Address, address[0]);
                Assert.NotNull(whole.GetElementById(address[1]));
            });
        }
    }

    [Fact]
    public async Task The_short_view_is_kept_beside_the_whole_article_and_goes_with_it()
    {
        using var content = new ContentCopy();
        content.WriteArticle("one", ":::key-facts\n- It jumps [@F001].\n:::");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        var store = site.Get<PageStore>();
        await ReadAsync(visitor, "/articles/one?view=short");
        Assert.NotNull(store.Find("/articles/one?view=short"));
        Assert.Null(store.Find("/articles/one"));

        content.WriteArticle("one", ":::key-facts\n- It flickers [@F001].\n:::");
        site.Get<ArmTwitch.Articles.ArticleLibrary>().Reload();

        Assert.Contains("It flickers", (await ReadAsync(visitor, "/articles/one?view=short")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_article_has_no_short_view_either()
    {
        using var content = new ContentCopy();
        content.WriteArticle("two", frontMatter: "withdrawn: 2026-11-20");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        using var gone = await visitor.GetAsync(new Uri("/articles/two?view=short", UriKind.Relative), Stop);

        Assert.Equal(System.Net.HttpStatusCode.Gone, gone.StatusCode);
    }

    private static string Words(AngleSharp.Dom.IElement element) => element.TextContent;

    private static async Task<IHtmlDocument> ReadAsync(HttpClient visitor, string address) =>
        new HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri(address, UriKind.Relative), Stop));
}
