namespace ArmTwitch.BrowserTests.Readers;

public sealed class HomePageTests(SharedPageFixture browser) : IClassFixture<SharedPageFixture>
{
    /// <summary>Cards of one list that are not as wide, or in their row not as high, as the first, or that stand alone in a row of several.</summary>
    private const string UnequalCards = """
        () => [...document.querySelectorAll('.causes')].flatMap(list => {
            const boxes = [...list.children].map(card => card.firstElementChild.getBoundingClientRect());
            const rows = Map.groupBy(boxes, box => Math.round(box.top));
            const longest = Math.max(...[...rows.values()].map(row => row.length));
            return [...rows.values()].flatMap(row => [
                ...row.filter(box => Math.abs(box.width - boxes[0].width) > 1 || Math.abs(box.height - row[0].height) > 1).map(box => JSON.stringify(box)),
                ...(row.length < longest ? [`${row.length} of ${longest} in a row`] : []),
            ]);
        })
        """;

    [Fact]
    public async Task Home_is_at_most_three_and_a_half_screens_of_a_phone_long()
    {
        var page = await browser.TurnToAsync(PageAddresses.Home, 390, 844);

        Assert.InRange(await page.EvaluateAsync<double>("() => document.documentElement.scrollHeight / innerHeight"), 1, 3.5);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(800)]
    [InlineData(1280)]
    public async Task Cards_are_equal_and_none_stands_alone(int width)
    {
        var page = await browser.TurnToAsync(PageAddresses.Home, width);

        await page.HasNoneAsync(UnequalCards, "cards that differ");
    }

    [Theory]
    [MemberData(nameof(PageAddresses.All), MemberType = typeof(PageAddresses))]
    public async Task A_page_has_at_most_one_primary_button(string address)
    {
        var page = await browser.TurnToAsync(address);

        Assert.InRange(await page.Locator(".primary").CountAsync(), 0, 1);
    }
}
