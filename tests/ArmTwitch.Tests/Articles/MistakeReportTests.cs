using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Articles;

/// <summary>A reader who found a mistake can tell the editors without an account anywhere.</summary>
public sealed class MistakeReportTests
{
    [Theory]
    [InlineData("Site:ContactAddress", "editors@armtwitch.example", "editors@armtwitch.example")]
    [InlineData("Site:ContactAddress", "", null)]
    [InlineData("Mail:From", "ArmTwitch <hello@armtwitch.example>", null)]
    public async Task Articles_and_the_page_on_corrections_lead_to_the_mailbox_that_somebody_reads(
        string key, string value, string? address)
    {
        await using var site = new TestSite(settings: [(key, value)]);
        using var visitor = site.Visit();
        foreach (var page in (string[])["/articles/when-to-get-help", "/corrections"])
        {
            var document = new HtmlParser().ParseDocument(
                await visitor.GetStringAsync(new Uri(page, UriKind.Relative), Xunit.TestContext.Current.CancellationToken));

            var links = document.QuerySelectorAll("main a[href^='mailto:']").ToList();
            Assert.Equal(address is null ? [] : [address], links.Select(link => link.GetAttribute("href")![7..].Split('?')[0]));
            Assert.All(links, link => Assert.Contains("?subject=A%20mistake", link.GetAttribute("href"), StringComparison.Ordinal));
            Assert.Single(document.QuerySelectorAll("main textarea[name=note], main #tell-us + ul > li:first-child"));
        }
    }

    [Theory]
    [InlineData("editors@armtwitch.example", 2)]
    [InlineData("", 1)]
    public async Task The_page_on_corrections_promises_no_way_that_is_not_there(string address, int ways)
    {
        await using var site = new TestSite(settings: [("Site:ContactAddress", address)]);
        using var visitor = site.Visit();

        var page = new HtmlParser().ParseDocument(await visitor.GetStringAsync(
            new Uri("/corrections", UriKind.Relative), Xunit.TestContext.Current.CancellationToken));

        Assert.Equal(ways, page.QuerySelectorAll("#tell-us + ul > li").Length);
        Assert.Equal(ways is 2, page.QuerySelector("main")!.TextContent.Contains("mail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_contact_address_that_no_mail_program_could_use_stops_the_start()
    {
        using var program = new BuiltProgram(["--Site:ContactAddress=the editors"]);

        Assert.Equal(2, await program.EndAsync());
        Assert.Contains(program.Lines, line => line.Contains("Site:ContactAddress is \"the editors\"", StringComparison.Ordinal));
    }
}
