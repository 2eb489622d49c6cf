using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Articles.ArticlePages;

public sealed class ArticlePageTests : IDisposable
{
    private const string ThreeSections = "## One\n\nIt jumps [@F001].\n\n## Two\n\nIt rests.\n\n## Three\n\nIt ends.";

    private readonly ContentCopy content = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData("2026-11-22", "Updated 24 November 2026, sources checked 22 November 2026. 1 minute to read.")]
    [InlineData("2026-11-24", "Updated 24 November 2026, sources checked. 1 minute to read.")]
    public async Task Below_the_title_stand_the_dates_and_the_time_to_read(string reviewed, string line)
    {
        content.Write(
            "articles/one.md",
            ContentCopy.Article("It jumps [@F001].")
                .Replace("lastReviewed: 2026-11-22", $"lastReviewed: {reviewed}", StringComparison.Ordinal)
                .Replace("date: 2026-11-22", "date: 2026-11-24", StringComparison.Ordinal));

        var page = await ReadAsync();

        Assert.Equal(line, Words(page.QuerySelector("h1 + .dated")!));
    }

    [Fact]
    public async Task No_by_line_reads_as_a_qualification_and_a_text_that_no_clinician_has_checked_says_so()
    {
        content.WriteArticle("one", "It jumps [@F001].");

        var page = await ReadAsync();
        var line = page.QuerySelector(".reviewed")!;

        Assert.StartsWith("Not yet checked by a clinician.", Words(line), StringComparison.Ordinal);
        Assert.Equal(["#about", "/articles/one?view=short"], line.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Somebody, who claims no medical qualification", Words(page.QuerySelector("#author dd")!));
        Assert.Equal("/authors/somebody", page.QuerySelector("#author a[rel=author]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_few_readers_need_is_folded_and_a_link_to_it_leads_inside()
    {
        content.WriteArticle("one", ThreeSections);

        var page = await ReadAsync();

        var folds = page.QuerySelectorAll("details.fold").ToList();
        Assert.Equal(["References (1)", "How this page was made"], folds.Select(fold => Words(fold.QuerySelector("summary h2")!)));
        Assert.All(folds, fold => Assert.False(fold.HasAttribute("open")));
        Assert.All((string[])["references", "ref-1", "about"], id =>
        {
            Assert.Contains(page.GetElementById(id)!.Ancestors<IElement>(), box => box.LocalName is "details");
            Assert.DoesNotContain(page.GetElementById(id)!.Ancestors<IElement>(), box => box.LocalName is "summary");
        });
    }

    [Fact]
    public async Task The_contents_lead_to_every_section_to_the_comments_and_to_the_newsletter()
    {
        content.WriteArticle("one", ThreeSections);

        var page = await ReadAsync();

        var links = page.QuerySelectorAll(".contents details a").ToList();
        Assert.Equal(["One", "Two", "Three", "References", "Comments", "Newsletter"], links.Select(Words));
        Assert.Equal(links.Select(link => link.OuterHtml), page.QuerySelectorAll(".contents .wide a").Select(link => link.OuterHtml));
        Assert.All(links, link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
    }

    [Fact]
    public async Task A_long_section_and_the_last_one_lead_back_to_the_contents_and_say_where_from()
    {
        content.WriteArticle("one", ThreeSections.Replace("It jumps", string.Concat(Enumerable.Repeat("It jumps. ", 130)), StringComparison.Ordinal));

        var links = (await ReadAsync()).QuerySelectorAll("a[href='#contents']");

        Assert.Equal(["Back to contents from “One”", "Back to contents from “Three”"], links.Select(Words));
    }

    [Fact]
    public async Task Skip_links_lead_to_the_title_the_comments_and_the_newsletter()
    {
        content.WriteArticle("one", ThreeSections);

        var page = await ReadAsync();

        var links = page.QuerySelectorAll("body > .skip").ToList();
        Assert.Equal(["Skip to the answer", "Skip to the comments", "Skip to the newsletter"], links.Select(Words));
        Assert.Equal(
            ["H1", "SECTION", "H2"], links.Select(link => page.GetElementById(link.GetAttribute("href")![1..])!.TagName));
    }

    [Fact]
    public async Task The_numbers_come_before_the_answer_on_the_page_that_has_them_all()
    {
        content.WriteArticle(
            "one", ":::answer\n- **What is it?** A jump [@F001].\n:::\n\n## Numbers\n\nCall.\n\n:::emergency-numbers\n:::\n\n" + ThreeSections);

        var page = await ReadAsync();

        Assert.Equal(
            ["title", "numbers", "one", "two", "three"],
            page.QuerySelectorAll("article h1, article .text > h2, article .first-numbers h2").Select(heading => heading.Id).Take(5));
        Assert.Equal(["first-numbers", "answer"], page.QuerySelectorAll(".first-numbers, .answer").Select(part => part.ClassName));
        Assert.Equal("tel:999", page.QuerySelector("article a[href^='tel:']")!.GetAttribute("href"));
        Assert.Single(page.QuerySelectorAll("form.country"));
        Assert.Empty(page.QuerySelectorAll(".elsewhere"));
    }

    private static string Words(INode node) =>
        string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<IHtmlDocument> ReadAsync()
    {
        await using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        return new HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri("/articles/one", UriKind.Relative), Stop));
    }
}
