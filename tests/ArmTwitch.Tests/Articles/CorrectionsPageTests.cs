using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Articles;

/// <summary>Changes that altered advice, for people and for machines.</summary>
public sealed class CorrectionsPageTests : IDisposable
{
    private readonly ContentCopy content = new();

    public CorrectionsPageTests() => content.Write(
        "pages/corrections.md", "---\ntitle: Corrections\nsummary: How to report a mistake.\nlastReviewed: 2026-11-22\n---\n\nTell us.\n");

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Fact]
    public async Task Without_a_correction_the_page_says_so()
    {
        var page = await ReadAsync("/corrections");

        Assert.Equal(["How to tell us", "Corrections so far"], page.QuerySelectorAll("main h2").Select(heading => heading.TextContent));
        Assert.Equal("tell-us", page.QuerySelector(".text > :first-child")!.Id);
        Assert.Contains("Tell us.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No correction has been made yet.", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Null((await DataAsync("/articles/one")).Correction);
    }

    [Fact]
    public async Task Only_changes_of_advice_are_listed_newest_first()
    {
        Change("one", "{date: 2026-11-20, what: See a GP after 2 weeks instead of 4., advice: true}", "{date: 2026-11-10, what: A comma.}");
        Change(
            "two", "{date: 2026-11-21, what: Better words.}",
            "{date: 2026-11-19, what: \"Call \\\"now\\\" for <weakness>.\", advice: true}");
        content.WriteArticle("three", frontMatter: "withdrawn: 2026-11-18");

        var page = await ReadAsync("/corrections");

        Assert.Equal(
            [
                "20 November 2026, Article one: See a GP after 2 weeks instead of 4.",
                "19 November 2026, Article two: Call \"now\" for <weakness>.",
                "18 November 2026, Article three: The article was taken back."
            ],
            page.QuerySelectorAll("main li:has(time)").Select(item => item.TextContent));
        Assert.DoesNotContain("No correction", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "instead of 4. This changed what we advise.", (await ReadAsync("/articles/one")).QuerySelector(".about")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_read_the_correction_on_the_article()
    {
        Change("one", "{date: 2026-11-20, what: See a GP after 2 weeks instead of 4., advice: true}", "{date: 2026-11-10, what: A comma.}");

        var (_, correction) = await DataAsync("/articles/one");

        var only = Assert.Single(correction!.Value.EnumerateArray());
        Assert.Equal("CorrectionComment", only.GetProperty("@type").GetString());
        Assert.Equal("See a GP after 2 weeks instead of 4.", only.GetProperty("text").GetString());
        Assert.Equal("2026-11-20", only.GetProperty("datePublished").GetString());
    }

    [Fact]
    public async Task Machines_read_every_correction_on_the_page_that_lists_them()
    {
        Assert.Null((await ReadAsync("/corrections")).QuerySelector("script"));
        Change(
            "one", "{date: 2026-11-20, what: See a GP after 2 weeks instead of 4., advice: true}",
            "{date: 2026-11-12, what: Rest first., advice: true}", "{date: 2026-11-10, what: A comma.}");
        content.WriteArticle("three", frontMatter: "withdrawn: 2026-11-18");

        var data = JsonDocument.Parse((await ReadAsync("/corrections"))
            .QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement;

        Assert.Equal("ItemList", data.GetProperty("@type").GetString());
        Assert.Equal(
            [
                "1 /articles/one: 2026-11-20 See a GP after 2 weeks instead of 4.; 2026-11-12 Rest first.",
                "2 /articles/three: 2026-11-18 The article was taken back."
            ],
            data.GetProperty("itemListElement").EnumerateArray()
                .Select(item => $"{item.GetProperty("position")} {Path(item)}: {string.Join("; ", Comments(item))}"));

        static string Path(JsonElement item) => new Uri(item.GetProperty("item").GetProperty("@id").GetString()!).AbsolutePath;
        static IEnumerable<string> Comments(JsonElement item) =>
            item.GetProperty("item").GetProperty("correction").EnumerateArray()
                .Select(comment => $"{comment.GetProperty("datePublished").GetString()} {comment.GetProperty("text").GetString()}");
    }

    [Fact]
    public void A_value_that_is_neither_true_nor_false_is_reported()
    {
        Change("one", "{date: 2026-11-20, what: Words., advice: yes}");

        Assert.Equal(
            "articles/one.md:11:46: error not-true-or-false: \"advice\" is \"yes\". Write true or false.",
            Assert.Single(content.Faults()).ToString());
    }

    private void Change(string slug, params string[] changes) => content.Write(
        $"articles/{slug}.md",
        ContentCopy.Article("Words [@F001].", title: $"Article {slug}").Replace(
            "  - {date: 2026-11-22, what: First version.}", string.Join('\n', changes.Select(change => $"  - {change}")),
            StringComparison.Ordinal));

    private async Task<IHtmlDocument> ReadAsync(string address)
    {
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        return new HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri(address, UriKind.Relative), Stop));
    }

    private async Task<(string Type, JsonElement? Correction)> DataAsync(string address)
    {
        var data =
            JsonDocument.Parse((await ReadAsync(address)).QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement;
        return (data.GetProperty("@type").GetString()!, data.TryGetProperty("correction", out var correction) ? correction : null);
    }
}
