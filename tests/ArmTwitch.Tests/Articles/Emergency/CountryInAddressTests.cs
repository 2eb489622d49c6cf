using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Tests.Articles.Emergency;

/// <summary>A country is chosen once. It goes along on every own link, and nothing is stored.</summary>
public sealed class CountryInAddressTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/articles")]
    [InlineData("/articles/arm-muscle-twitching")]
    [InlineData("/articles/arm-muscle-twitching?view=short")]
    [InlineData("/articles/when-to-get-help")]
    [InlineData("/articles/arm-muscle-twitching/thanks")]
    [InlineData("/topics")]
    [InlineData("/topics/causes")]
    [InlineData("/authors/senior-expert")]
    [InlineData("/search")]
    [InlineData("/search?q=coffee")]
    [InlineData("/check")]
    [InlineData("/check?a=y")]
    [InlineData("/visit-sheet")]
    [InlineData("/about")]
    [InlineData("/corrections")]
    [InlineData("/newsletter")]
    [InlineData("/nothing-here", HttpStatusCode.NotFound)]
    public async Task Every_own_link_and_form_carries_the_country_on(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        var page = await SeeAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}country=au", status);

        var links = page.QuerySelectorAll("a[href^='/']").Select(link => link.GetAttribute("href")!).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Equal(
            !link.Split('?', '#')[0].Contains('.', StringComparison.Ordinal), link.Contains("country=AU", StringComparison.Ordinal)));
        Assert.All(page.QuerySelectorAll("form:not([method=post])").OfType<IHtmlFormElement>(), form =>
            Assert.Single(form.Elements, field => field.GetAttribute("name") is "country"));
        Assert.All(page.QuerySelectorAll("form[method=post]"), form =>
            Assert.Contains("country=AU", form.GetAttribute("action"), StringComparison.Ordinal));
        Assert.DoesNotContain("country", page.Head!.InnerHtml.Split("<style>")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/articles/arm-muscle-twitching")]
    [InlineData("/articles/arm-muscle-twitching?view=short")]
    [InlineData("/articles/arm-muscle-twitching/thanks")]
    public async Task The_red_card_gives_the_numbers_of_the_chosen_country_alone(string address)
    {
        var page = await SeeAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}country=AU");

        Assert.Equal("tel:000", Assert.Single(page.QuerySelectorAll(".card.emergency h2 a")).GetAttribute("href"));
    }

    [Theory]
    [InlineData("UK", "tel:999")]
    [InlineData("uk", "tel:999")]
    [InlineData("%20AU%20", "tel:000")]
    public async Task A_country_is_known_by_the_code_that_people_use_for_it(string code, string number)
    {
        var page = await SeeAsync($"/articles/arm-muscle-twitching?country={code}");

        Assert.Equal(number, Assert.Single(page.QuerySelectorAll(".card.emergency h2 a")).GetAttribute("href"));
    }

    [Theory]
    [InlineData("/topics", "?country=XX")]
    [InlineData("/topics", "?country=")]
    [InlineData("/topics", "?country=AU&country=GB")]
    [InlineData("/articles/arm-muscle-twitching", "?country=XX")]
    [InlineData("/check?a=y", "&country=XX")]
    public async Task A_country_that_is_not_known_is_the_page_without_one(string address, string query)
    {
        using var plain = await GetAsync(address);
        var stored = shared.Site.Get<PageStore>().Count;
        using var unknown = await GetAsync(address + query);

        Assert.Equal(plain.Headers.ETag, unknown.Headers.ETag);
        Assert.Equal(stored, shared.Site.Get<PageStore>().Count);
        Assert.Null((await SeeAsync(address)).QuerySelector("a[href*='country=']"));
    }

    [Fact]
    public async Task The_page_of_a_country_is_stored_once_and_only_when_somebody_asks()
    {
        using var before = await GetAsync("/comment-rules");
        var stored = shared.Site.Get<PageStore>().Count;

        foreach (var spelling in new[] { "?country=NZ", "?country=nz", "?x=1&country=Nz", "?country=NZ" })
            (await GetAsync("/comment-rules" + spelling)).Dispose();

        Assert.Equal(stored + 1, shared.Site.Get<PageStore>().Count);
    }

    [Theory]
    [InlineData("/articles?page=1&country=AU", "/articles?country=AU")]
    [InlineData("/Topics?country=AU", "/topics?country=AU")]
    [InlineData("/check?a=&country=AU", "/check?country=AU")]
    [InlineData("/topics/?country=XX", "/topics")]
    public async Task A_redirect_carries_the_country_on(string address, string target)
    {
        using var answer = await GetAsync(address);

        Assert.Equal((HttpStatusCode.MovedPermanently, target), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task A_reader_changes_the_country_or_drops_it_with_one_form()
    {
        var page = await SeeAsync("/articles/when-to-get-help?country=NZ");
        var choices = page.QuerySelectorAll("form.country option").OfType<IHtmlOptionElement>().ToList();

        Assert.Equal("New Zealand", Assert.Single(choices, choice => choice.IsSelected).Text);
        Assert.Equal("", choices[0].Value);
        Assert.Contains("Call 111 now if:", page.QuerySelector(".card.emergency h2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("not chosen", (await SeeAsync("/articles/when-to-get-help?country=")).QuerySelector("form.country option")!.TextContent);
    }

    private Task<HttpResponseMessage> GetAsync(string address) => shared.Visitor.GetAsync(new Uri(address, UriKind.Relative), Stop);

    private async Task<IHtmlDocument> SeeAsync(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await GetAsync(address);
        Assert.Equal(status, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Stop));
    }
}
