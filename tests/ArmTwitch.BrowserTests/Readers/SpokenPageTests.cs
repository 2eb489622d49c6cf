using System.Text.RegularExpressions;

namespace ArmTwitch.BrowserTests.Readers;

/// <summary>Each kind of page as a screen reader is given it.</summary>
public sealed partial class SpokenPageTests(SharedPageFixture browser) : IClassFixture<SharedPageFixture>
{
    private const int MostLandmarks = 14;

    private static readonly HashSet<string> Landmarks =
        ["banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"];

    private static readonly HashSet<string> Named =
        ["link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "heading", "DisclosureTriangle", "table", "image"];

    [Theory]
    [MemberData(nameof(PageAddresses.All), MemberType = typeof(PageAddresses))]
    public async Task A_page_is_heard_in_order_and_nothing_on_it_is_nameless_or_told_twice(string address)
    {
        var page = await browser.TurnToAsync(address, 390, 844);

        var parts = await page.ReadTreeAsync();

        var faults = NamelessParts(parts).Concat(HeadingJumps(parts)).Concat(TooManyLandmarks(parts)).Concat(TwoWaysOfOneName(parts)).ToList();
        Assert.True(faults.Count is 0, $"{address}\n{string.Join('\n', faults)}");
    }

    private static IEnumerable<string> NamelessParts(IReadOnlyList<SpokenPart> parts) =>
        parts.Where(part => Named.Contains(part.Role) && (part.Name.Length is 0 || FactId().IsMatch(part.Name)))
            .Select(part => $"{part.Role} \"{part.Name}\" says nothing to a listener");

    private static IEnumerable<string> HeadingJumps(IReadOnlyList<SpokenPart> parts)
    {
        var headings = parts.Where(part => part.Role is "heading").ToList();
        if (headings.Count(heading => heading.Level is 1) is not 1 and var titles)
            yield return $"{titles} headings of level 1";
        foreach (var (above, heading) in headings.Zip(headings.Skip(1)))
        {
            if (heading.Level > above.Level + 1)
                yield return $"Heading \"{heading.Name}\" of level {heading.Level} below \"{above.Name}\" of level {above.Level}";
        }
    }

    private static IEnumerable<string> TooManyLandmarks(IReadOnlyList<SpokenPart> parts)
    {
        var landmarks = parts.Where(part => Landmarks.Contains(part.Role)).Select(part => $"{part.Role} \"{part.Name}\"").ToList();
        if (landmarks.Count > MostLandmarks)
            yield return $"{landmarks.Count} landmarks: {string.Join(", ", landmarks)}";
        foreach (var (landmark, count) in landmarks.CountBy(landmark => landmark).Where(pair => pair.Value > 1))
            yield return $"{count} landmarks are {landmark}";
    }

    private static IEnumerable<string> TwoWaysOfOneName(IReadOnlyList<SpokenPart> parts) =>
        from links in parts.Where(part => part.Role is "link").GroupBy(part => part.Name, part => part.Url)
        let ways = links.Distinct().ToList()
        where ways.Count > 1
        select $"Link \"{links.Key}\" leads to {string.Join(" and ", ways)}";

    [GeneratedRegex(@"\bF\d{3}\b")]
    private static partial Regex FactId();
}
