namespace ArmTwitch.BrowserTests.Readers;

public sealed class TargetSizeTests(SharedPageFixture browser) : IClassFixture<SharedPageFixture>
{
    /// <summary>
    /// What a finger may miss (WCAG 2.5.8). A link in a sentence is as high as its line; one that stands alone, or among links
    /// only, is not in a sentence. The trap for programs is no target for people.
    /// </summary>
    private const string SmallTargets = """
        () => {
            const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(target => target.checkVisibility() && !target.closest('[aria-hidden=true]'));
            const isInSentence = target => {
                if (getComputedStyle(target).display !== 'inline' || target.closest('nav, svg'))
                    return false;
                let block = target.parentElement;
                while (getComputedStyle(block).display === 'inline')
                    block = block.parentElement;
                const copy = block.cloneNode(true);
                copy.querySelectorAll('a').forEach(link => link.remove());
                return /\p{L}/u.test(copy.textContent);
            };
            return targets.filter(target => !isInSentence(target)).flatMap(target => {
                const { width, height } = target.getBoundingClientRect();
                return width < 24 || height < 24 ? [`${width.toFixed(1)} x ${height.toFixed(1)}: ${target.outerHTML.slice(0, 120)}`] : [];
            });
        }
        """;

    [Theory]
    [MemberData(nameof(PageAddresses.All), MemberType = typeof(PageAddresses))]
    public async Task A_finger_hits_every_target(string address)
    {
        var page = await browser.TurnToAsync(address, 390, 844);

        await page.HasNoneAsync(SmallTargets, "targets smaller than 24 by 24 px");
    }
}
