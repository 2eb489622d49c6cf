namespace ArmTwitch.BrowserTests.Readers;

public sealed class ResponsiveTableTests(LiveSiteFixture live)
{
    /// <summary>A page with a table that looks like cards on a phone.</summary>
    private const string Table = "/editorial-policy/scorecard";

    private static readonly (string Role, string Element)[] Parts =
        [("table", "table"), ("row", "tr"), ("columnheader", "thead th"), ("rowheader", "tbody th"), ("cell", "td")];

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_table_is_one_for_assistive_technology_even_where_it_looks_like_cards(int width)
    {
        await using var reader = await live.NewReaderAsync(width);
        var page = await reader.OpenAsync(Table);

        var roles = (await page.ReadTreeAsync()).CountBy(part => part.Role).ToDictionary();

        foreach (var (role, element) in Parts)
        {
            var count = await page.Locator(element).CountAsync();
            Assert.NotEqual(0, count);
            Assert.True(roles.GetValueOrDefault(role) == count, $"{count} {element}, {roles.GetValueOrDefault(role)} {role}");
        }
    }

    [Fact]
    public async Task On_a_phone_a_cell_shows_the_name_of_its_column_and_does_not_say_it_again()
    {
        await using var reader = await live.NewReaderAsync(390);
        var page = await reader.OpenAsync(Table);
        var cell = page.Locator("td[data-label='Words']").First;
        Assert.Contains("Words", await cell.EvaluateAsync<string>("cell => getComputedStyle(cell, '::before').content"), StringComparison.Ordinal);

        var texts = (await page.ReadTreeAsync()).Where(part => part.Role is "StaticText").Select(part => part.Name);

        Assert.DoesNotContain("Words:", texts);
    }
}
