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

    /// <summary>Parts of the link in focus that look as they do without it.</summary>
    private const string PartsWithoutFocus = """
        () => {
            const rest = getComputedStyle(document.querySelector('.arm a:not(:focus) .part')).fill;
            const parts = [...document.querySelectorAll('.arm a:focus-visible :is(.part, .label)')];
            return parts.length === 3 ? parts.filter(part => getComputedStyle(part).fill === rest).map(part => part.outerHTML) : ['no focus'];
        }
        """;

    [Theory]
    [InlineData("/articles/motor-neurone-disease", ".drawing path.found, .drawing .found circle", 3, HiddenMarks)]
    [InlineData(PageAddresses.Article, ".arm a text:not(.latin)", 6, LabelsUnlikeLinks)]
    public async Task Marks_and_labels_of_pictures_stand_out_in_colours_of_the_system(
        string address, string marks, int count, string hidden)
    {
        await using var reader = await live.NewReaderAsync(390, 844);
        var page = await reader.OpenAsync(address);
        Assert.Equal(count, await page.Locator(marks).CountAsync());

        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });

        await page.HasNoneAsync(hidden, "marks that cannot be told from what they lie on");
    }

    [Theory]
    [InlineData(ForcedColors.None)]
    [InlineData(ForcedColors.Active)]
    public async Task The_part_of_the_arm_in_focus_does_not_look_like_the_others(ForcedColors colours)
    {
        await using var reader = await live.NewReaderAsync(390, 844);
        var page = await reader.OpenAsync(PageAddresses.Article);
        await page.EmulateMediaAsync(new() { ForcedColors = colours });

        await page.Locator(".arm a").First.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Shift+Tab");

        await page.HasNoneAsync(PartsWithoutFocus, "parts of the arm that do not show the focus");
    }
}
