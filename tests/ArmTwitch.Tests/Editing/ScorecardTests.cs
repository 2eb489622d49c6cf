using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing;

namespace ArmTwitch.Tests.Editing;

public sealed class ScorecardTests : IDisposable
{
    private readonly LintTestContent content = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Fact]
    public async Task The_page_shows_what_content_check_finds()
    {
        content.Files.Write("articles/one.md", LintTestContent.Article(LintTestContent.Whole, "purpose: For who wants to know."));
        content.Files.Write(
            "articles/two.md", LintTestContent.Article("You utilise two arms.").Replace("An article", "Another", StringComparison.Ordinal));
        using var site = new TestSite(content.Files.Folder);
        using var visitor = site.Visit();

        var page = await ReadAsync(visitor);

        var faults = ContentCheck.Run(content.Files.Folder, LintContext.Of(new ContentOptions(), site.Clock)).Faults;
        Assert.Equal(
            ["An article|-1.4|45|3|22 November 2026|22 November 2027|0|1", $"Another|3.7|4|0|22 November 2026|22 November 2027|{Errors("articles/two.md")}|{faults.Count(diagnostic => diagnostic.File is "articles/two.md") - Errors("articles/two.md")}"],
            page.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))));
        Assert.Equal(faults.Count, page.QuerySelectorAll("main li:has(code)").Length);
        Assert.All(faults, diagnostic => Assert.Contains(
            page.QuerySelectorAll("main li:has(code)"),
            item => item.TextContent.Contains($"{diagnostic.What} {diagnostic.Right}", StringComparison.Ordinal)));

        int Errors(string file) => faults.Count(diagnostic => diagnostic.File == file && diagnostic.Level is DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task The_page_follows_the_content_and_the_calendar()
    {
        content.Files.Write("articles/one.md", LintTestContent.Article(LintTestContent.Whole));
        using var site = new TestSite(content.Files.Folder);
        using var visitor = site.Visit();
        Assert.DoesNotContain("utilise", (await ReadAsync(visitor)).Body!.TextContent, StringComparison.Ordinal);

        content.Files.Write(
            "articles/one.md",
            LintTestContent.Article(LintTestContent.Whole.Replace("Nerves may", "You utilise what may", StringComparison.Ordinal)));
        site.Get<ArticleLibrary>().Reload();
        Assert.Contains("\"utilise\" has a plainer word.", (await ReadAsync(visitor)).Body!.TextContent, StringComparison.Ordinal);

        content.Files.Write("words.yml", "names: []\n");
        site.Get<ArticleLibrary>().Reload();
        Assert.DoesNotContain("plainer", (await ReadAsync(visitor)).Body!.TextContent, StringComparison.Ordinal);

        site.Clock.SetUtcNow(new DateTimeOffset(2027, 11, 23, 0, 0, 0, TimeSpan.Zero));
        Assert.Contains("22 November 2027 (overdue)", (await ReadAsync(visitor)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_editorial_policy_leads_to_it()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();

        var policy = await visitor.GetStringAsync(new Uri("/editorial-policy", UriKind.Relative), Stop);

        Assert.Contains("href=\"/editorial-policy/scorecard\"", policy, StringComparison.Ordinal);
    }

    private static async Task<IHtmlDocument> ReadAsync(HttpClient visitor) =>
        new HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri("/editorial-policy/scorecard", UriKind.Relative), Stop));
}
