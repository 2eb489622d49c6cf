using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using Bunit;

namespace ArmTwitch.Tests.Articles.Emergency;

/// <summary>The table of numbers: a short row for each country, every number a link that calls.</summary>
public sealed class EmergencyNumbersTableTests : IDisposable
{
    private static readonly IReadOnlyList<EmergencyNumbers> Places = new ContentLoader(RepositoryPaths.Content).Load()!.Numbers;

    private readonly BunitContext bunit = new();

    public void Dispose() => bunit.Dispose();

    [Fact]
    public void Every_number_of_every_place_can_be_tapped_and_says_whom_it_calls()
    {
        var table = Render();

        foreach (var place in Places)
        {
            var row = table.FindAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == place.Name);
            string?[] numbers = [place.Emergency, place.AlsoEmergency, place.Advice, place.Poison, place.Listening];
            Assert.Equal(numbers.OfType<string>(), row.QuerySelectorAll("a[href^='tel:']").Select(link => link.TextContent));
            Assert.All(row.QuerySelectorAll("a"), link =>
            {
                Assert.StartsWith(link.TextContent + " ", link.GetAttribute("aria-label"), StringComparison.Ordinal);
                Assert.EndsWith(", " + place.Name, link.GetAttribute("aria-label"), StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void The_table_has_a_caption_and_three_columns()
    {
        var table = Render();

        Assert.Equal("Emergency, advice and crisis numbers by country", table.Find("caption").TextContent);
        Assert.Equal(3, table.FindAll("thead th[scope=col]").Count);
        Assert.All(table.FindAll("tbody tr"), row => Assert.Equal(3, row.Children.Length));
    }

    /// <summary>What the fact sheet has from an official page (section 16), and nothing that it has not.</summary>
    [Theory]
    [InlineData("GB", "999", "111", "116 123")]
    [InlineData("GB-NIR", "999", null, "0808 808 8000")]
    [InlineData("IE", "112", null, null)]
    [InlineData("EU", "112", null, null)]
    [InlineData("US", "911", null, "988")]
    [InlineData("CA", "911", null, "988")]
    [InlineData("AU", "000", null, "13 11 14")]
    [InlineData("NZ", "111", "0800 611 116", "1737")]
    [InlineData("IN", "112", null, null)]
    [InlineData("ZA", "112", null, null)]
    [InlineData("JP", "119", "#7119", null)]
    [InlineData("HK", "999", null, null)]
    [InlineData("TW", "119", null, null)]
    public void A_place_has_the_numbers_that_were_seen_on_an_official_page(string code, string emergency, string? advice, string? listening)
    {
        var place = Assert.Single(Places, place => place.Code == code);

        Assert.Equal((emergency, advice, listening), (place.Emergency, place.Advice, place.Listening));
        Assert.InRange(place.CheckedOn, new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 30));
    }

    [Fact]
    public void Texting_is_offered_only_where_the_service_says_so() =>
        Assert.Equal(
            ["US", "CA", "NZ"], Places.Where(place => place.ListeningTakesTexts).Select(place => place.Code));

    private IRenderedComponent<EmergencyNumbersTable> Render() =>
        bunit.Render<EmergencyNumbersTable>(parameters => parameters.Add(table => table.Places, Places));
}
