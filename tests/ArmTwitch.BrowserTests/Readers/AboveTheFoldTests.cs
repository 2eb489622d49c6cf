namespace ArmTwitch.BrowserTests.Readers;

public sealed class AboveTheFoldTests(LiveSiteFixture live)
{
    [Theory]
    [InlineData(PageAddresses.Home)]
    [InlineData(PageAddresses.Article)]
    public async Task The_whole_answer_is_on_the_first_screen_of_a_phone(string address)
    {
        const int Width = 390, Height = 844;
        await using var reader = await live.NewReaderAsync(Width, Height);
        var page = await reader.OpenAsync(address);

        var answer = await page.Locator(".answer").BoundingBoxAsync();

        Assert.NotNull(answer);
        Assert.InRange(answer.X, 0, Width);
        Assert.InRange(answer.X + answer.Width, 0, Width);
        Assert.InRange(answer.Y, 0, Height);
        Assert.InRange(answer.Y + answer.Height, 0, Height);
    }

    [Theory]
    [InlineData(360, 1)]
    [InlineData(390, 1)]
    [InlineData(320, 2)]
    public async Task The_main_menu_takes_one_line_on_a_phone_and_no_link_stands_alone(int width, int lines)
    {
        await using var reader = await live.NewReaderAsync(width, 664);
        var page = await reader.OpenAsync(PageAddresses.Article);

        var tops = await page.EvaluateAsync<double[]>(
            "() => [...document.querySelectorAll('body > header nav a')].map(link => link.getBoundingClientRect().top)");

        var links = tops.CountBy(top => top).Select(line => line.Value).ToList();
        Assert.Equal(lines, links.Count);
        Assert.DoesNotContain(1, links);
    }
}
