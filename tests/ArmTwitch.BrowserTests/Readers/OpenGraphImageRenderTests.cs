namespace ArmTwitch.BrowserTests.Readers;

public sealed class OpenGraphImageRenderTests(LiveSiteFixture live)
{
    [Fact]
    public async Task The_picture_of_an_article_is_a_png_that_a_browser_shows()
    {
        await using var reader = await live.NewReaderAsync();
        var page = await reader.NewPageAsync();

        var answer = await page.TurnToAsync($"{PageAddresses.Article}/picture.png");

        Assert.Equal("image/png", await answer.HeaderValueAsync("content-type"));
        var size = await page.EvaluateAsync<int[]>("async () => { const picture = document.images[0]; await picture.decode(); return [picture.naturalWidth, picture.naturalHeight]; }");
        Assert.Equal([1200, 630], size);
    }
}
