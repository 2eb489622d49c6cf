using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Readers;

public sealed class PrintTests(LiveSiteFixture live)
{
    private const string CardWords = """
        () => [...document.querySelectorAll('.card')].flatMap(card => [card.querySelector('h2').lastChild.data, card.querySelector('.badge').textContent])
        """;

    private const string Addresses = """
        () => [...document.querySelectorAll('.text a[href^="/"], .references a[href^="http"]')]
            .filter(link => !link.closest('table, form') && link.checkVisibility()).map(link => `(${link.href})`)
        """;

    /// <summary>Cards that lose on paper what tells them apart.</summary>
    private const string PaleCards = """
        () => [...document.querySelectorAll('.card')].filter(card => {
            const badge = card.querySelector('.badge');
            const border = getComputedStyle(card);
            const hasBorder = border.borderStyle === 'solid' && parseFloat(border.borderWidth) >= 1 && border.borderColor === 'rgb(0, 0, 0)';
            const isSeen = badge.checkVisibility() && badge.getBoundingClientRect().width > 0;
            return !hasBorder || !isSeen || [badge, card.querySelector('h2')].some(words => getComputedStyle(words).color !== 'rgb(0, 0, 0)');
        }).map(card => card.id)
        """;

    [Fact]
    public async Task The_printed_article_has_every_card_and_the_addresses_of_its_links()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync(PageAddresses.Help);
        var words = await page.EvaluateAsync<string[]>(CardWords);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var addresses = await page.EvaluateAsync<string[]>(Addresses);
        Assert.Equal(8, words.Length);
        Assert.NotEmpty(addresses);

        var text = await TextOfAsync(await page.PdfAsync(new() { Format = "A4" }));

        Assert.All(words.Concat(addresses), word => Assert.Contains(WithoutSpace(word), text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Paper_breaks_no_own_address_inside_a_word_and_keeps_what_to_do_on_one_page()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync("/articles/looking-after-it-at-home");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var addresses = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.text a[href^=\"/\"]')].filter(link => link.checkVisibility())"
                + ".map(link => link.getAttribute('href'))");
        var steps = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.do li')].map(step => step.firstChild.data)");
        Assert.NotEmpty(addresses);
        Assert.NotEmpty(steps);

        var text = await PrintedPage.TextAsync(await page.PdfAsync(new() { Format = "A4" }));

        Assert.All(addresses, address => Assert.Matches(
            string.Concat(address.Select(letter => Regex.Escape($"{letter}") + (char.IsLetterOrDigit(letter) ? "" : @"\s*"))), text));
        var sheet = Assert.Single(
            text.Split('\f'), sheet => WithoutSpace(sheet).Contains(WithoutSpace(steps[0]), StringComparison.Ordinal));
        Assert.All(steps, step => Assert.Contains(WithoutSpace(step), WithoutSpace(sheet), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Paper_shows_the_cards_without_colour_and_leaves_out_what_only_a_screen_can_do()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync(PageAddresses.Help);
        Assert.Equal(4, await page.Locator(".card").CountAsync());
        string[] screenOnly = ["nav", ".contents", ".comments", ".stay", ".skip"];
        foreach (var part in screenOnly)
            await Expect(Seen(page, part)).Not.ToHaveCountAsync(0);

        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        await page.HasNoneAsync(PaleCards, "cards that paper does not show");
        foreach (var part in screenOnly)
            await Expect(Seen(page, part)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_visit_sheet_is_one_page_of_A4_with_what_was_typed_and_nothing_around_it()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync("/visit-sheet");
        await page.Locator("#sheet-where").FillAsync("Left biceps");

        var pdf = await page.PdfAsync(new() { Format = "A4" });

        Assert.Equal(1, await PrintedPage.CountAsync(pdf));
        var text = await TextOfAsync(pdf);
        Assert.Contains("Leftbiceps", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Privacy", text, StringComparison.Ordinal);
        Assert.DoesNotContain("browser", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Paper_has_all_that_was_typed_into_the_visit_sheet(int width)
    {
        await using var reader = await live.NewReaderAsync(width);
        var page = await reader.OpenAsync("/visit-sheet");
        var fields = await page.Locator(".sheet textarea").AllAsync();
        foreach (var (number, field) in fields.Index())
            await field.FillAsync($"begin{number} {string.Concat(Enumerable.Range(0, 60).Select(word => $"word{word} "))}\nline\nend{number}");
        await fields[1].EvaluateAsync("field => { field.style.height = '20px'; field.focus(); }");

        var pdf = await page.PdfAsync(new() { Format = "A4" });

        var text = await TextOfAsync(pdf);
        var typed = string.Concat(Enumerable.Range(0, 60).Select(word => $"word{word}"));
        Assert.All(fields.Index(), field => Assert.Contains($"begin{field.Index}{typed}lineend{field.Index}", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Paper_shows_no_ring_around_the_field_that_has_the_focus()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync("/visit-sheet");
        await page.Locator("#sheet-where").FocusAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        var ring = await page.Locator("#sheet-where").EvaluateAsync<string>(
            "field => `${getComputedStyle(field).outlineStyle} ${getComputedStyle(field).boxShadow}`");

        Assert.Equal("none none", ring);
    }

    [Fact]
    public async Task Paper_has_the_sources_of_the_red_flag_check_and_its_numbers_without_their_links()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync("/check?a=ny");
        var sources = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.references cite')].map(source => source.textContent)");
        Assert.NotEmpty(sources);

        var text = await TextOfAsync(await page.PdfAsync(new() { Format = "A4" }));

        Assert.All(sources, source => Assert.Contains(WithoutSpace(source), text, StringComparison.Ordinal));
        Assert.Contains("999(UK)", text, StringComparison.Ordinal);
        Assert.Contains("112worksfrommobilephones.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("tel:", text, StringComparison.Ordinal);
    }

    private static ILocator Seen(IPage page, string part) => page.Locator(part).Filter(new() { Visible = true });

    /// <returns>The text of a PDF without any space, because lines break where they like.</returns>
    private static async Task<string> TextOfAsync(byte[] pdf) => WithoutSpace(await PrintedPage.TextAsync(pdf));

    private static string WithoutSpace(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
