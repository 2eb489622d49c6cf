using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ArmTwitch.Tests.Articles.Emergency;

/// <summary>The reader names the country in the address; nothing is stored.</summary>
public sealed class EmergencyNumbersChoiceTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const string Article = "/articles/arm-muscle-twitching";

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "Call 999 (UK), 112 (Europe), 911 (US, Canada) or 000 (Australia) now if:", null)]
    [InlineData("?country=GB", "Call 999 now if:", "United Kingdom")]
    [InlineData("?country=IE", "Call 112 now if:", "Ireland")]
    [InlineData("?country=au", "Call 000 now if:", "Australia")]
    public async Task The_card_has_the_numbers_of_the_country_in_the_address(string query, string heading, string? chosen)
    {
        var page = await SeeAsync(Article + query);

        var card = page.QuerySelector(".card.emergency")!;
        Assert.Contains(heading, card.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(chosen, card.QuerySelector("form.country option[selected]")?.TextContent);
        Assert.Equal($"https://armtwitch.test{Article}", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector("meta[name=robots]"));
    }

    [Fact]
    public async Task The_short_view_has_the_numbers_of_the_country_and_the_form_too()
    {
        var home = await SeeAsync($"{Article}?view=short");
        Assert.Contains("Call 999 (UK), 112 (Europe)", home.QuerySelector(".card.emergency h2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(($"{Article}#emergency", "short"), (
            home.QuerySelector("form.country")!.GetAttribute("action"),
            home.QuerySelector("form.country input[name=view]")!.GetAttribute("value")));

        var australia = await SeeAsync($"{Article}?view=short&country=AU");

        Assert.Contains("Call 000 now if:", australia.QuerySelector(".card.emergency h2")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(australia.QuerySelector($"main a[href='{Article}?country=AU']"));
        Assert.Equal($"https://armtwitch.test{Article}?view=short", australia.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
    }

    private async Task<IHtmlDocument> SeeAsync(string address)
    {
        using var answer = await shared.Visitor.GetAsync(new Uri(address, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Stop));
    }
}
