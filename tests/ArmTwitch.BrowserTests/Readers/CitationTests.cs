namespace ArmTwitch.BrowserTests.Readers;

public sealed class CitationTests(SharedPageFixture browser) : IClassFixture<SharedPageFixture>
{
    /// <summary>
    /// Citations on another line than the word or the citation before them, or with a gap before the full stop behind them.
    /// </summary>
    private const string Parted = """
        () => [...document.querySelectorAll('.cite')].flatMap(citation => {
            const number = document.createRange();
            number.selectNodeContents(citation.querySelector('a'));
            const place = number.getBoundingClientRect();
            const letter = (text, at) => {
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                return range.getBoundingClientRect();
            };
            const faults = [];
            const { previousSibling: before, nextSibling: after } = citation;
            if (before?.nodeType === Node.TEXT_NODE && before.data.length > 0) {
                const joint = letter(before, before.data.length - 1);
                if (place.left < joint.right - 2 || place.bottom < joint.top || place.top > joint.bottom)
                    faults.push(`parted: ${before.data.slice(-20)} | ${citation.textContent}`);
            }
            const end = citation.querySelector('a').getBoundingClientRect();
            const padding = parseFloat(getComputedStyle(citation.querySelector('a')).paddingRight);
            if (after?.nodeType === Node.TEXT_NODE && /^[.,;:]/.test(after.data) && letter(after, 0).left - (end.right - padding) > 1)
                faults.push(`gap: ${citation.textContent} | ${after.data.slice(0, 10)}`);
            return faults;
        })
        """;

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_citation_stays_with_the_word_it_follows_and_close_to_the_full_stop(int width)
    {
        var page = await browser.TurnToAsync(PageAddresses.Article, width);
        Assert.NotEqual(0, await page.Locator(".cite + .cite").CountAsync());

        await page.HasNoneAsync(Parted, $"citations that stand apart at {width} px");
    }
}
