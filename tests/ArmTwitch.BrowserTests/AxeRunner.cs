using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests;

/// <summary>Asks axe what keeps people out of a page, in every look and at the width of a phone and of a desk.</summary>
internal static class AxeRunner
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    // One line a fault. The package's own runner opens a page of its own for each run and brings over every rule that holds,
    // which takes four times as long. Axe leaves out the size of targets unless it is named. What sticks to an edge covers a part of what is
    // below it just where the page happens to be scrolled to, which is no fault: axe sees it where it belongs.
    private const string Violations = """
        async () => {
            const sticky = [...document.querySelectorAll('*')].filter(one => getComputedStyle(one).position === 'sticky');
            sticky.forEach(one => Object.assign(one.style, { position: 'relative', inset: 'auto' }));
            const result = await axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
                rules: { 'target-size': { enabled: true } },
                resultTypes: ['violations'],
            });
            sticky.forEach(one => Object.assign(one.style, { position: '', inset: '' }));
            return result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.html}\n${node.failureSummary}`));
        }
        """;

    private static readonly (string Name, ColorScheme Scheme, ForcedColors Forced)[] Looks =
    [
        ("light", ColorScheme.Light, ForcedColors.None),
        ("dark", ColorScheme.Dark, ForcedColors.None),
        ("forced colours", ColorScheme.Dark, ForcedColors.Active),
    ];

    /// <param name="isBrief">For one of many states of a page: a phone in light and a desk in dark are enough.</param>
    public static async Task IsCleanAsync(IPage page, bool isBrief = false)
    {
        await page.EvaluateAsync(Script);
        var faults = new List<(string Fault, string Seen)>();
        foreach (var width in (int[])[320, 1280])
        {
            await page.SetViewportSizeAsync(width, 800);
            foreach (var look in isBrief ? [Looks[width is 320 ? 0 : 1]] : Looks)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme, ForcedColors = look.Forced });
                faults.AddRange(from fault in await page.EvaluateAsync<string[]>(Violations) select (fault, $"{look.Name} at {width} px"));
            }
        }

        var report = faults.GroupBy(fault => fault.Fault, fault => fault.Seen)
            .Select(fault => $"{fault.Key}\n  In {string.Join(", ", fault)}");
        Assert.True(faults.Count is 0, $"{page.Url}\n{string.Join('\n', report)}");
    }
}
