using ArmTwitch.Articles;
using ArmTwitch.Data.Availability;
using ArmTwitch.Newsletter.Issues;
using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests.Newsletter;

public sealed class NewsletterMailTests(LiveSiteFixture live)
{
    /// <summary>The lowest contrast between a text and the nearest ground behind it (WCAG 2.2, 1.4.3).</summary>
    private const string LowestContrast = """
        () => {
            const rgba = text => { const n = text.match(/[\d.]+/g).map(Number); return { light: n.slice(0, 3).map(c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; }), alpha: n[3] ?? 1 }; };
            const luminance = ({ light: [r, g, b] }) => .2126 * r + .7152 * g + .0722 * b;
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            let lowest = 21;
            while (texts.nextNode()) {
                const element = texts.currentNode.parentElement;
                if (!texts.currentNode.data.trim() || !element.checkVisibility())
                    continue;
                let ground = element;
                while (ground && rgba(getComputedStyle(ground).backgroundColor).alpha === 0)
                    ground = ground.parentElement;
                const [a, b] = [luminance(rgba(getComputedStyle(element).color)), luminance(rgba(getComputedStyle(ground ?? document.body).backgroundColor))];
                lowest = Math.min(lowest, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
            }
            return lowest;
        }
        """;

    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(600, ColorScheme.Light)]
    [InlineData(600, ColorScheme.Dark)]
    public async Task An_issue_can_be_read_in_a_mail_program(int width, ColorScheme scheme)
    {
        await live.Get<DatabaseInitializer>().WhenReadyAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var (mail, trouble) = await live.Get<IssueService>().PreviewAsync(Slug.Parse("first-issue"), TestContext.Current.CancellationToken);
        Assert.Null(trouble);
        await using var reader = await live.NewReaderAsync(width);
        var page = await reader.NewPageAsync();

        await CanBeReadAsync(page, mail!.Html, width, scheme);
    }

    /// <summary>Nothing lies beside the window, every text stands out, the dark is dark, and nothing is fetched.</summary>
    internal static async Task CanBeReadAsync(IPage page, string html, int width, ColorScheme scheme)
    {
        await page.GotoAsync("about:blank");
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });

        await page.SetContentAsync(html);

        Assert.InRange(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        Assert.InRange(await page.EvaluateAsync<double>(LowestContrast), 4.5, 21);
        Assert.Equal(
            scheme is ColorScheme.Dark,
            await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor") is "rgb(17, 25, 28)");
        Assert.Empty(asked);
    }
}
