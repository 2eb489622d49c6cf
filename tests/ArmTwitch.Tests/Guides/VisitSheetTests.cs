using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Guides;

public sealed class VisitSheetTests(SharedSite shared) : IClassFixture<SharedSite>
{
    [Fact]
    public async Task The_sheet_cannot_be_sent_and_what_is_typed_is_there_again_after_a_look_at_another_page()
    {
        var page = new HtmlParser().ParseDocument(await ReadAsync("/visit-sheet"));

        Assert.Null(page.QuerySelector("main form, main button, main [type=submit]"));
        var fields = page.QuerySelectorAll("main input, main textarea");
        Assert.NotEmpty(fields);
        Assert.All(fields, field =>
        {
            // A browser brings back what was typed unless this is "off".
            Assert.Null(field.GetAttribute("autocomplete"));
            Assert.Null(field.GetAttribute("name"));
            Assert.True(field.HasAttribute("aria-label") || page.QuerySelector($"label[for='{field.Id}']") is not null);
        });
        Assert.All(page.QuerySelectorAll(".sheet a"), link =>
        {
            Assert.Equal("_blank", link.GetAttribute("target"));
            Assert.Contains("(opens in a new tab)", link.TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Search_engines_find_the_sheet_and_not_the_questions()
    {
        var map = await ReadAsync("/sitemap.xml");
        var robots = await ReadAsync("/robots.txt");

        Assert.Contains("/visit-sheet<", map, StringComparison.Ordinal);
        Assert.DoesNotContain("/check", map, StringComparison.Ordinal);
        Assert.Contains("Disallow: /check", robots, StringComparison.Ordinal);
    }

    private Task<string> ReadAsync(string address) =>
        shared.Visitor.GetStringAsync(new Uri(address, UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
}
