using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests.Readers;

/// <summary>Readers who have the system choose the colours, such as those of Windows' contrast themes.</summary>
public sealed class ForcedColorsTests(LiveSiteFixture live)
{
    /// <summary>Marks that no colour tells from the squares they lie on.</summary>
    private const string HiddenMarks = """
        () => {
            const squares = getComputedStyle(document.querySelector('.drawing pattern path'));
            return [...document.querySelectorAll('.drawing path.found, .drawing .found circle')].filter(mark => {
                const { fill, stroke } = getComputedStyle(mark);
                const colour = mark.matches('path') ? stroke : fill;
                return squares.fill !== 'none' || colour === squares.stroke || colour === 'none';
            }).map(mark => mark.outerHTML);
        }
        """;

    private const string LabelsUnlikeLinks = """
        () => {
            const link = getComputedStyle(document.querySelector('.text p a')).color;
            return [...document.querySelectorAll('.arm a text:not(.latin)')].filter(label => getComputedStyle(label).fill !== link).map(label => label.textContent);
        }
        """;

    [Fact]
    public async Task The_marked_people_and_the_links_of_the_arm_stand_out_in_colours_of_the_system()
    {
        await using var reader = await live.NewReaderAsync(390, 844);
        var page = await reader.OpenAsync(PageAddresses.Article);
        Assert.Equal(3, await page.Locator(".drawing path.found, .drawing .found circle").CountAsync());
        Assert.Equal(6, await page.Locator(".arm a text:not(.latin)").CountAsync());

        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });

        await page.HasNoneAsync(HiddenMarks, "marks that cannot be told from the squares");
        await page.HasNoneAsync(LabelsUnlikeLinks, "labels of the arm that do not look like links");
    }
}
