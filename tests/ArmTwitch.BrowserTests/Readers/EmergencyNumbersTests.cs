using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Readers;

/// <summary>Whom to call, as it is seen on a phone and heard.</summary>
public sealed class EmergencyNumbersTests(LiveSiteFixture live)
{
    private const int PhoneHeight = 844;

    [Theory]
    [InlineData("", "Emergency advice: Call 999 (UK), 112 (Europe), 911 (US, Canada) or 000 (Australia) now if:")]
    [InlineData("?country=GB", "Emergency advice: Call 999 for an ambulance now if:")]
    public async Task The_heading_of_the_red_card_is_heard_as_one_sentence(string country, string heard)
    {
        await using var reader = await live.NewReaderAsync(390);
        var page = await reader.OpenAsync(PageAddresses.Article + country);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heard, Exact = true })).ToHaveCountAsync(1);
        Assert.InRange((await page.Locator(".card.emergency h2").BoundingBoxAsync())!.Height, 20, 110);
    }

    [Fact]
    public async Task The_numbers_of_every_country_take_less_than_two_screens_of_a_phone()
    {
        await using var reader = await live.NewReaderAsync(390);
        var page = await reader.OpenAsync("/articles/when-to-get-help#numbers-by-country");
        await Expect(page.Locator("table.numbers")).ToBeVisibleAsync();

        Assert.InRange((await page.Locator("table.numbers").BoundingBoxAsync())!.Height, 500, 2 * PhoneHeight);
    }

    [Fact]
    public async Task A_country_that_was_chosen_once_is_still_chosen_two_pages_on()
    {
        await using var reader = await live.NewReaderAsync(390);
        var page = await reader.OpenAsync("/articles/when-to-get-help");
        await page.GetByLabel("Numbers for:").SelectOptionAsync("New Zealand");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).First.ClickAsync();

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Topics" }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Check" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Yes", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Yes", Exact = true }).ClickAsync();

        await Expect(page.Locator(".calls a")).ToHaveTextAsync("Call 111 for an ambulance");
        Assert.Empty(await reader.CookiesAsync());
    }
}
