using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Articles.Content;

namespace ArmTwitch.Tests.Articles.MarkdownDialect;

/// <summary>Citations stand where they do not disturb, and lead to their reference and back.</summary>
public sealed partial class CitationGathererTests : IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData("One [@F002]. Two [@F001], and two [@F002].", "<p>One. Two, and two.12</p>")]
    [InlineData("One\n[@F001]\ntwo.", "<p>One\ntwo.1</p>")]
    [InlineData("**One** [@F001] [@F001]", "<p><strong>One</strong>1</p>")]
    [InlineData("- One [@F001].\n- Two [@F001].", "<ul><li>One.1</li><li>Two.1</li></ul>")]
    [InlineData("## One [@F001]\n\nTwo [@F002].", "<h2 id=\"one\">One</h2><p>Two.12</p>")]
    [InlineData(":::answer\n- One [@F002].\n- Two [@F001] [@F002].\n:::", "<ul><li>One.</li><li>Two.</li></ul><p class=\"sources\">Sources: 1, 2</p>")]
    [InlineData(":::urgent\n- one [@F001]\n\nMore?\n:::", "<ul><li>one</li></ul><p>More?</p><p class=\"sources\">Sources: 1</p>")]
    [InlineData(":::urgent\n- one\n:::", "<ul><li>one</li></ul>")]
    [InlineData(":::key-facts\n- One [@F001].\n:::", "<ul><li>One.1</li></ul>")]
    public void Each_paragraph_has_its_numbers_once_at_its_end_and_a_card_in_a_line_below(string body, string html)
    {
        content.WriteArticle("one", body);

        var read = Assert.Single(new ContentLoader(content.Folder).Load()!.Latest).Read();

        Assert.Equal(html, LinksAndLines().Replace(string.Concat(read.Select(block => block.Html)), ""));
    }

    [Fact]
    public async Task A_reference_leads_back_to_each_of_its_uses()
    {
        content.Write("glossary.yml", "emg: {term: EMG, says: \"A test [@F001].\"}");
        content.WriteArticle("one", ":::urgent\n- one [@F001]\n:::\n\nAn EMG [@F001] [@F002].\n\nTwo [@F001].");
        var page = await SeeAsync("/articles/one");

        var references = page.QuerySelectorAll(".references > li");
        var uses = page.QuerySelectorAll("a[href='#ref-1']");

        Assert.Equal(
            [("cite-1", "Reference 1"), ("cite-1-2", "Reference 1"), ("cite-1-3", "Reference 1"), ("cite-1-4", "Reference 1")],
            uses.Select(use => (use.Id, use.GetAttribute("aria-label"))));
        Assert.Equal(uses.Select(use => $"#{use.Id}"), references[0].QuerySelectorAll(".back").Select(back => back.GetAttribute("href")));
        Assert.Equal(
            ["Back to where reference 2 is used"], references[1].QuerySelectorAll(".back").Select(back => back.GetAttribute("aria-label")));
        Assert.Equal("Back to use 2 of reference 1", references[0].QuerySelectorAll(".back")[1].GetAttribute("aria-label"));
        Assert.DoesNotContain("F00", page.QuerySelector(".references")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_short_view_leads_to_the_references_of_the_whole_article()
    {
        content.WriteArticle("one", ":::urgent\n- one [@F001]\n:::");

        var link = (await SeeAsync("/articles/one?view=short")).QuerySelector(".card .sources a")!;

        Assert.Equal("/articles/one#ref-1", link.GetAttribute("href"));
        Assert.False(link.HasAttribute("id"));
    }

    private async Task<IHtmlDocument> SeeAsync(string address)
    {
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        var html = await visitor.GetStringAsync(new Uri(address, UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
        return new HtmlParser().ParseDocument(html);
    }

    [GeneratedRegex("</?sup[^>]*>|</?a[^>]*>|\u00a0|(?<=>)\n")]
    private static partial Regex LinksAndLines();
}
