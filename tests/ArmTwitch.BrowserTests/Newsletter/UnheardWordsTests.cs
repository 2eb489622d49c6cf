using ArmTwitch.Newsletter.Drafting;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Newsletter;

/// <summary>Words in an issue that were typed and never reached the server.</summary>
public sealed class UnheardWordsTests(LiveSiteFixture live) : IAsyncLifetime
{
    private EmptySiteFixture day = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => day = await EmptySiteFixture.BeginAsync(("Limits:Enabled", "false"));

    public ValueTask DisposeAsync() => day.DisposeAsync();

    [Fact]
    public async Task They_are_neither_replaced_by_a_colleagues_nor_put_over_them()
    {
        var (drafts, grace) = (day.Site.Get<IssueDraftService>(), Guid.NewGuid());
        var issue = await drafts.StartAsync(grace, Stop);
        var begun = (await drafts.FindAsync(issue, Stop))!;
        await using var editor = await live.NewReaderAsync();
        var page = await editor.JoinAsync(day.Invitation);
        await page.GotoAsync(new Uri(new Uri(page.Url), $"/moderation/newsletter/{issue}").AbsoluteUri);
        await Expect(page.Locator("#subject")).ToBeFocusedAsync();
        await page.EvaluateAsync("document.body.addEventListener('input', event => event.stopPropagation(), { once: true })");

        await page.Locator("#introduction").FillAsync("My words");
        await drafts.SaveAsync(issue, begun.Draft with { Subject = "Her subject", Introduction = "Her words" }, begun, grace, Stop);

        for (var left = 100; await page.Locator(".conflict").CountAsync() is 0 && left > 0; left--)
        {
            day.Site.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(100, Stop);
        }

        await Expect(page.Locator("#subject")).ToHaveValueAsync("Her subject");
        await Expect(page.Locator(".conflict pre")).ToHaveTextAsync(["My words", "Her words"]);
        await Expect(page.Locator("#introduction")).ToHaveValueAsync("My words");
    }
}
