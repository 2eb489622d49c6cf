using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ArmTwitch.BrowserTests;

public sealed class AccessibilityTests(OnePage browser) : IClassFixture<OnePage>
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // One line a fault. The package's own runner opens a page of its own for each run and brings over every rule that holds,
    // which takes four times as long. Axe leaves out the size of targets unless it is named.
    private const string Violations = """
        async () => {
            const result = await axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
                rules: { 'target-size': { enabled: true } },
                resultTypes: ['violations'],
            });
            return result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.html}\n${node.failureSummary}`));
        }
        """;

    private static readonly (string Name, ColorScheme Scheme, ForcedColors Forced)[] Looks =
    [
        ("light", ColorScheme.Light, ForcedColors.None),
        ("dark", ColorScheme.Dark, ForcedColors.None),
        ("forced colours", ColorScheme.Dark, ForcedColors.Active),
    ];

    [Theory]
    [MemberData(nameof(PageKinds.All), MemberType = typeof(PageKinds))]
    public async Task A_page_is_accessible_in_every_look_and_width(string address)
    {
        var page = await browser.TurnToAsync(address);
        await page.EvaluateAsync(Axe);
        var faults = new List<(string Fault, string Seen)>();
        foreach (var width in (int[])[320, 1280])
        {
            await page.SetViewportSizeAsync(width, 800);
            foreach (var look in Looks)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme, ForcedColors = look.Forced });
                faults.AddRange(from fault in await page.EvaluateAsync<string[]>(Violations) select (fault, $"{look.Name} at {width} px"));
            }
        }

        var report = faults.GroupBy(fault => fault.Fault, fault => fault.Seen).Select(fault => $"{fault.Key}\n  In {string.Join(", ", fault)}");
        Assert.True(faults.Count is 0, $"{address}\n{string.Join('\n', report)}");
    }
}
