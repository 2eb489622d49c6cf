using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Readers;

public sealed class WithoutScriptTests(LiveSiteFixture live)
{
    [Fact]
    public async Task Home_gives_the_answer_and_leads_on()
    {
        await using var reader = await live.NewReaderAsync(script: false);
        var page = await reader.OpenAsync(PageAddresses.Home);
        await Expect(page.Locator(".answer")).ToContainTextAsync("Is it dangerous?");

        await page.Locator($"main a[href='{PageAddresses.Article}']").First.ClickAsync();

        await Expect(page).ToHaveURLAsync(live.Origin + PageAddresses.Article);
    }

    [Fact]
    public async Task A_word_typed_into_the_search_leads_to_an_article()
    {
        await using var reader = await live.NewReaderAsync(script: false);
        var page = await reader.OpenAsync(PageAddresses.Home);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("coffee");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{live.Origin}/search?q=coffee");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("coffee");
        var first = page.Locator("main .links a").First;
        var title = await first.InnerTextAsync();
        await first.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
    }

    [Fact]
    public async Task A_citation_leads_to_its_reference_and_back()
    {
        await using var reader = await live.NewReaderAsync(script: false);
        var page = await reader.OpenAsync(PageAddresses.Article);
        var citation = page.Locator("#cite-5");
        var reference = page.Locator("#ref-5");
        await Expect(reference).Not.ToBeVisibleAsync();

        await citation.ClickAsync();
        await Expect(reference).ToBeInViewportAsync();
        await Expect(page.Locator(":target")).ToHaveIdAsync("ref-5");

        await reference.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Back to (where|use 1 of) reference 5") }).ClickAsync();
        await Expect(citation).ToBeInViewportAsync();
        await Expect(page.Locator(":target")).ToHaveIdAsync("cite-5");
    }

    [Theory]
    [InlineData("references")]
    [InlineData("words")]
    [InlineData("about")]
    public async Task A_link_to_what_is_folded_opens_it(string section)
    {
        await using var reader = await live.NewReaderAsync(script: false);

        var page = await reader.OpenAsync($"{PageAddresses.Article}#{section}");

        await Expect(page.Locator($"#{section}")).ToBeInViewportAsync();
        await Expect(page.Locator($"details:has(#{section}) summary")).ToBeInViewportAsync();
        await Expect(page.Locator("details.fold[open]")).ToHaveCountAsync(1);
    }
}
