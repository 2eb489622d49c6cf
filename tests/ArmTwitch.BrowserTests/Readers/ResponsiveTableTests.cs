namespace ArmTwitch.BrowserTests.Readers;

public sealed class ResponsiveTableTests(LiveSiteFixture live)
{
    private static readonly (string Role, string Element)[] Parts =
        [("table", "table"), ("row", "tr"), ("columnheader", "thead th"), ("rowheader", "tbody th"), ("cell", "td")];

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_table_is_one_for_assistive_technology_even_where_it_looks_like_cards(int width)
    {
        await using var reader = await live.NewReaderAsync(width);
        var page = await reader.OpenAsync(PageAddresses.Help);
        var browser = await reader.NewCDPSessionAsync(page);

        // The browser's own tree: what a screen reader is given, not what the markup says.
        var tree = await browser.SendAsync("Accessibility.getFullAXTree");

        var roles = tree!.Value.GetProperty("nodes").EnumerateArray()
            .Where(node => !node.GetProperty("ignored").GetBoolean())
            .CountBy(node => node.GetProperty("role").GetProperty("value").GetString()!)
            .ToDictionary();
        foreach (var (role, element) in Parts)
        {
            var count = await page.Locator(element).CountAsync();
            Assert.NotEqual(0, count);
            Assert.True(roles.GetValueOrDefault(role) == count, $"{count} {element}, {roles.GetValueOrDefault(role)} {role}");
        }
    }
}
