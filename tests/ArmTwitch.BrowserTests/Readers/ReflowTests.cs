using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests.Readers;

public sealed class ReflowTests(SharedPageFixture browser) : IClassFixture<SharedPageFixture>
{
    private const int Narrow = 320;

    private const int Phone = 390;

    /// <summary>What a reader's own stylesheet may set without losing anything (WCAG 1.4.12).</summary>
    private const string SpaceText = """
        () => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`
                * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
                p { margin-bottom: 2em !important; }`);
            document.adoptedStyleSheets = [sheet];
        }
        """;

    /// <summary>Text at twice its size, as a phone's own setting makes it (WCAG 1.4.4).</summary>
    private const string EnlargeText = """
        () => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('html { font-size: 200% !important; }');
            document.adoptedStyleSheets = [sheet];
        }
        """;

    /// <summary>
    /// Text that lies beside the page, or outside the box that clips it. What is hidden or shortened on purpose does not count.
    /// </summary>
    internal const string TextCutOff = """
        () => {
            const width = document.documentElement.clientWidth;
            const faults = document.documentElement.scrollWidth > width ? [`scrolls to ${document.documentElement.scrollWidth} px`] : [];
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const text = texts.currentNode;
                const boxes = [];
                // No box around a fixed one clips it.
                for (let box = text.parentElement; box; box = getComputedStyle(box).position === 'fixed' ? null : box.parentElement)
                    boxes.push(box);
                if (!text.data.trim() || boxes.some(box => box.matches('.skip, .excerpt, .row-button .on, details:not([open]) > :not(summary)') || getComputedStyle(box).clipPath.startsWith('inset')))
                    continue;

                const range = document.createRange();
                range.selectNodeContents(text);
                // What can be scrolled up and down cuts nothing off there, nor does a box around it.
                let scrolls = false;
                const clips = boxes.filter(box => getComputedStyle(box).overflow !== 'visible').map(box => {
                    const { left, right, top, bottom } = box.getBoundingClientRect();
                    scrolls ||= getComputedStyle(box).overflowY === 'auto';
                    return scrolls ? { left, right, top: -Infinity, bottom: Infinity } : { left, right, top, bottom };
                });
                clips.push({ left: 0, right: width, top: -Infinity, bottom: Infinity });
                const isCut = line => clips.some(clip => line.left < clip.left - 1 || line.right > clip.right + 1 || line.top < clip.top - 1 || line.bottom > clip.bottom + 1);
                if ([...range.getClientRects()].some(isCut))
                    faults.push(`cut off: ${text.data.trim()}`);
            }
            return faults;
        }
        """;

    /// <summary>Badges that lie over the words of their card's heading.</summary>
    private const string BadgesOverText = """
        () => [...document.querySelectorAll('.card:has(.badge)')].filter(card => {
            const badge = card.querySelector('.badge').getBoundingClientRect();
            const range = document.createRange();
            range.selectNodeContents(card.querySelector('h2').lastChild);
            return [...range.getClientRects()].some(line => line.right > badge.left && line.left < badge.right && line.bottom > badge.top && line.top < badge.bottom);
        }).map(card => card.querySelector('h2').textContent)
        """;

    [Theory]
    [MemberData(nameof(PageAddresses.All), MemberType = typeof(PageAddresses))]
    public async Task A_page_never_scrolls_sideways_nor_cuts_off_text(string address)
    {
        // 320 by 256 is what is left of a screen of 1280 by 1024 at a zoom of 400 % (WCAG 1.4.10).
        var page = await browser.TurnToAsync(address, Narrow, 256);

        await ShowsAllAsync(page, Narrow, "at 320 px");
        await page.EvaluateAsync(SpaceText);
        await ShowsAllAsync(page, Narrow, "at 320 px with wider text");
        await page.SetViewportSizeAsync(Phone, 844);
        await page.EvaluateAsync(EnlargeText);
        await ShowsAllAsync(page, Phone, "at 390 px with text at 200 %");
    }

    private static async Task ShowsAllAsync(IPage page, int width, string when)
    {
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.clientWidth"));
        await page.HasNoneAsync(TextCutOff, $"text that cannot be read {when}");
        await page.HasNoneAsync(BadgesOverText, $"badges over the heading {when}");
    }
}
