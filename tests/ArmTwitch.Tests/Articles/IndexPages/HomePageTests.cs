using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Articles.IndexPages;

public sealed class HomePageTests : IDisposable
{
    private const string Question = "Why does my arm keep twitching?";

    private readonly ContentCopy content = new();

    public HomePageTests()
    {
        content.WriteArticle("arm-muscle-twitching", """
            :::answer
            - **What is it?** A jump [@F001].
            :::

            ## 1. Muscle fatigue

            Words [@F001].

            ## 2. Electrolyte imbalance

            Words [@F001].

            ## What you can do

            Words [@F001].
            """, """
            purpose: Why an arm jumps.
            related:
              - {article: when-to-get-help, sign: You are worried now.}
              - {article: one, sign: The worry is hard to bear.}
            """);
        content.WriteArticle("when-to-get-help");
    }

    public void Dispose() => content.Dispose();

    [Fact]
    public async Task Its_title_is_the_question_that_it_answers()
    {
        var home = await SeeAsync();

        Assert.Equal($"{Question} – ArmTwitch", home.Title);
        Assert.Equal(Question, home.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task The_search_comes_before_the_answer_and_the_way_on_right_after_it()
    {
        var home = await SeeAsync();

        Assert.Equal(
            ["title", "search", "answer", "actions"],
            home.QuerySelectorAll("h1, form.search, .answer, .actions").Select(part => part.LocalName is "h1" ? part.Id : part.ClassName));
        Assert.Equal(
            [("Get help", "/articles/when-to-get-help")],
            home.QuerySelectorAll(".actions a").Select(link => (link.TextContent, link.GetAttribute("href")!)));
    }

    [Fact]
    public async Task The_answer_ends_with_the_emergency_numbers() =>
        Assert.Equal("tel:999", (await SeeAsync()).QuerySelector(".answer > :last-child a")!.GetAttribute("href"));

    [Fact]
    public async Task The_causes_that_the_first_article_numbers_lead_to_their_sections()
    {
        var causes = (await SeeAsync()).QuerySelectorAll("[aria-labelledby=causes] a");

        Assert.Equal(["1. Muscle fatigue", "2. Electrolyte imbalance"], causes.Select(link => link.TextContent));
        Assert.All(causes, link => Assert.StartsWith("/articles/arm-muscle-twitching#", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Related_articles_come_with_their_signs_and_help_stands_above()
    {
        var related = Assert.Single((await SeeAsync()).QuerySelectorAll("[aria-labelledby=related] a"));

        Assert.Equal("/articles/one", related.GetAttribute("href"));
        Assert.Contains("The worry is hard to bear.", related.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_article_to_start_with_says_why_it_exists()
    {
        var start = (await SeeAsync()).QuerySelector(".start")!.TextContent;

        Assert.Contains("Start here", start, StringComparison.Ordinal);
        Assert.Contains("Why an arm jumps.", start, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_footer_has_four_groups_of_links()
    {
        var footer = (await SeeAsync()).QuerySelectorAll("body > footer nav > div");

        Assert.Equal(["Get help", "Read", "Stay updated", "The site"], footer.Select(group => group.QuerySelector("h2")!.TextContent));
        Assert.All(footer, group => Assert.NotEmpty(group.QuerySelectorAll("li a")));
        Assert.Equal("/newsletter", footer[2].QuerySelector("a")!.GetAttribute("href"));
    }

    private async Task<IHtmlDocument> SeeAsync()
    {
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
        return new HtmlParser().ParseDocument(html);
    }
}
