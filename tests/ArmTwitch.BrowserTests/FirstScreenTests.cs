namespace ArmTwitch.BrowserTests;

public sealed class FirstScreenTests(LiveSite live)
{
    [Theory]
    [InlineData(PageKinds.Home)]
    [InlineData(PageKinds.Article)]
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
}
