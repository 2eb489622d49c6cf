using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Articles.ArticlePages;

/// <summary>Why an article exists, in one line.</summary>
public sealed class ArticlePurposeTests : IDisposable
{
    private const string Purpose = "For who wants to know why an arm jumps.";

    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData("Words [@F001].", Purpose)]
    [InlineData(":::answer\n- **What is it?** A jump [@F001].\n:::", null)]
    public async Task It_stands_under_the_title_where_there_is_no_answer(string body, string? lead)
    {
        content.WriteArticle("one", body, $"purpose: {Purpose}");
        using var site = new TestSite(content.Folder);

        Assert.Equal(lead, (await SeeAsync(site, "/articles/one")).QuerySelector(".lead")?.TextContent);
    }

    [Theory]
    [InlineData("/articles")]
    [InlineData("/topics/nerves")]
    [InlineData("/authors/somebody")]
    public async Task Lists_tell_it_and_without_it_the_summary(string list)
    {
        content.WriteArticle("one", frontMatter: $"purpose: {Purpose}");
        content.WriteArticle("two");
        using var site = new TestSite(content.Folder);

        var told = (await SeeAsync(site, list)).QuerySelector("main")!.TextContent;

        Assert.Contains(Purpose, told, StringComparison.Ordinal);
        Assert.Contains("The answer.", told, StringComparison.Ordinal);
    }

    private static async Task<IHtmlDocument> SeeAsync(TestSite site, string address)
    {
        using var visitor = site.Visit();
        var html = await visitor.GetStringAsync(new Uri(address, UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
        return new HtmlParser().ParseDocument(html);
    }
}
