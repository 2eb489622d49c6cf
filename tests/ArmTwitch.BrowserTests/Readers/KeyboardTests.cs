using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Readers;

public sealed class KeyboardTests(LiveSiteFixture live)
{
    /// <summary>
    /// Numbers everything that Tab should stop at in the order of the page, of several radio buttons the first, and notes how each looks
    /// without the focus.
    /// </summary>
    private const string NumberStops = """
        () => {
            window.lookOf = stop => [stop, ...stop.querySelectorAll('*')].map(part => {
                const style = getComputedStyle(part);
                return [style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor, style.stroke, style.strokeWidth].join();
            }).join(' ');
            window.stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
                .filter(stop => stop.checkVisibility())
                .filter((stop, at, all) => stop.tabIndex >= 0 && (stop.type !== 'radio' || all.findIndex(other => other.type === 'radio' && other.name === stop.name) === at));
            window.looks = stops.map(lookOf);
            return stops.length;
        }
        """;

    /// <summary>Which stop has the focus, and whether that can be seen.</summary>
    private const string CurrentStop = """
        () => {
            const here = document.activeElement;
            const number = stops.indexOf(here);
            const box = here.getBoundingClientRect();
            const isOnScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            return { number, isSeen: isOnScreen && number >= 0 && lookOf(here) !== looks[number], html: here.outerHTML.slice(0, 200) };
        }
        """;

    [Theory]
    [MemberData(nameof(PageAddresses.All), MemberType = typeof(PageAddresses))]
    public async Task The_first_stop_is_the_skip_link_and_it_leads_to_the_title(string address)
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync(address);

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip").First).ToBeFocusedAsync();
        await Expect(page.Locator(".skip").First).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(PageAddresses.Article)]
    [InlineData(PageAddresses.Home)]
    [InlineData("/search?q=coffee")]
    public async Task Tab_stops_at_everything_in_the_order_of_the_page_and_shows_where_it_is(string address)
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync(address);

        var count = await page.EvaluateAsync<int>(NumberStops);
        for (var i = 0; i < count; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await page.EvaluateAsync<TabStop>(CurrentStop);
            Assert.True(stop.Number == i, $"Stop {i} of {count} is {stop.Number}, {stop.Html}");
            Assert.True(stop.IsSeen, $"The focus cannot be seen on {stop.Html}");
        }
    }

    [Fact]
    public async Task Enter_on_the_contents_leads_to_the_heading()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync(PageAddresses.Article);
        var link = page.Locator(".contents .wide a[href='#related']");
        var heading = page.Locator($"h2{await link.GetAttributeAsync("href")}");
        await Expect(heading).Not.ToBeInViewportAsync();

        await link.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(heading).ToBeInViewportAsync();
        await Expect(heading).ToHaveTextAsync(await link.InnerTextAsync());
    }

    [Theory]
    [InlineData("shoulder", "Shoulder")]
    [InlineData("biceps", "Biceps")]
    [InlineData("triceps", "Triceps")]
    [InlineData("forearm", "Forearm")]
    [InlineData("hand-and-thumb", "Hand")]
    public async Task Each_part_of_the_arm_has_a_name_and_leads_to_its_article(string part, string name)
    {
        await using var reader = await live.NewReaderAsync();
        foreach (var address in (string[])[PageAddresses.Home, PageAddresses.Article])
        {
            var page = await reader.OpenAsync(address);
            var link = page.Locator(".arm").GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^{name}") }).First;

            await link.FocusAsync();
            await page.Keyboard.PressAsync("Enter");

            await Expect(page).ToHaveURLAsync($"{live.Origin}/articles/twitching-in-the-{part}");
        }
    }

    private sealed class TabStop
    {
        public int Number { get; set; }

        public bool IsSeen { get; set; }

        public string Html { get; set; } = "";
    }
}
