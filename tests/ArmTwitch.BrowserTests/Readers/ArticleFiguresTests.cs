using ArmTwitch.Articles;
using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests.Readers;

/// <summary>How long the articles are, on a phone and on paper, with everything folded that folds.</summary>
public sealed class ArticleFiguresTests(LiveSiteFixture live)
{
    private const int Width = 390, Height = 844;

    private const string PageHeight = "document.documentElement.scrollHeight";

    /// <summary>How often Tab is pressed on the way to the comment form: to its heading where it is folded.</summary>
    private const string StopsBeforeComments = """
        () => {
            const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(stop => stop.tabIndex >= 0 && stop.checkVisibility());
            const first = stops.findIndex(stop => stop.closest('#write') || stop.parentElement.querySelector(':scope > #write'));
            const radios = stops.slice(0, first).filter(stop => stop.type === 'radio');
            return first - radios.length + new Set(radios.map(radio => radio.name)).size;
        }
        """;

    [Fact]
    public async Task The_main_article_is_14_screens_of_a_phone_and_its_first_cause_shows_within_2_and_a_half()
    {
        await using var reader = await live.NewReaderAsync(Width, Height);
        var page = await reader.OpenAsync(PageAddresses.Article);

        Assert.InRange(await ScreensAsync(page), 1, 14);
        var cause = await page.GetByRole(AriaRole.Heading, new() { Name = "1. " }).First.BoundingBoxAsync();
        Assert.InRange((cause!.Y + cause.Height) / Height, 0, 2.5);
    }

    [Fact]
    public async Task Every_other_article_is_10_screens_of_a_phone()
    {
        await using var reader = await live.NewReaderAsync(Width, Height);
        var page = await reader.NewPageAsync();
        var tooLong = new List<string>();
        foreach (var article in live.Get<ArticleLibrary>().Current.Latest.Where(article => article.Address != PageAddresses.Article))
        {
            await page.TurnToAsync(article.Address);
            if (await ScreensAsync(page) is > 10 and var screens)
                tooLong.Add($"{article.Slug}: {screens:F1}");
        }

        Assert.True(tooLong.Count is 0, string.Join('\n', tooLong));
    }

    [Fact]
    public async Task The_form_for_a_comment_is_60_stops_of_the_tab_key_away()
    {
        await using var reader = await live.NewReaderAsync(Width, Height);
        var page = await reader.OpenAsync(PageAddresses.Article);

        Assert.InRange(await page.EvaluateAsync<int>(StopsBeforeComments), 1, 60);
    }

    [Theory]
    [InlineData(PageAddresses.Article, 6)]
    [InlineData($"{PageAddresses.Article}?view=short", 2)]
    public async Task On_paper_the_main_article_is_6_pages_and_its_short_view_2(string address, int most)
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.OpenAsync(address);

        var pdf = await page.PdfAsync(new() { Format = "A4" });

        Assert.InRange(await PrintedPage.CountAsync(pdf), 1, most);
        Assert.DoesNotContain("(/", await PrintedPage.TextAsync(pdf), StringComparison.Ordinal);
    }

    private static async Task<double> ScreensAsync(IPage page) => await page.EvaluateAsync<double>(PageHeight) / Height;
}
