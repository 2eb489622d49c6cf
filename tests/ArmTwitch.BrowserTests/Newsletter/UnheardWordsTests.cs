using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ArmTwitch.Newsletter.Drafting;
using Microsoft.Playwright;
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
            await PassAsync();
        }

        await Expect(page.Locator("#subject")).ToHaveValueAsync("Her subject");
        await Expect(page.Locator(".conflict pre")).ToHaveTextAsync(["My words", "Her words"]);
        await Expect(page.Locator("#introduction")).ToHaveValueAsync("My words");
    }

    [Fact]
    public async Task What_is_typed_before_a_colleagues_words_appear_is_not_saved_over_them_however_long_they_take()
    {
        var (drafts, grace) = (day.Site.Get<IssueDraftService>(), Guid.NewGuid());
        var issue = await drafts.StartAsync(grace, Stop);
        var begun = (await drafts.FindAsync(issue, Stop))!;
        var (held, isHeld) = (new ConcurrentQueue<byte[]>(), false);
        IWebSocketRoute? browser = null;
        await using var editor = await live.NewReaderAsync();
        var page = await editor.JoinAsync(day.Invitation);
        await page.RouteWebSocketAsync(new Regex("_blazor"), socket =>
        {
            browser = socket;
            socket.ConnectToServer().OnMessage(frame =>
            {
                if (Volatile.Read(ref isHeld))
                    held.Enqueue(frame.Binary!);
                else
                    socket.Send(frame.Binary!);
            });
        });
        await page.GotoAsync(new Uri(new Uri(page.Url), $"/moderation/newsletter/{issue}").AbsoluteUri);
        await Expect(page.Locator("#subject")).ToBeFocusedAsync();

        Volatile.Write(ref isHeld, true);
        await drafts.SaveAsync(issue, begun.Draft with { Introduction = "Her words" }, begun, grace, Stop);
        for (var left = 100; held.IsEmpty && left > 0; left--)
            await PassAsync();
        await page.Locator("#introduction").FillAsync("My words");
        for (var left = 10; left > 0; left--)
            await PassAsync();
        var saved = (await drafts.FindAsync(issue, Stop))!.Draft.Introduction;
        Volatile.Write(ref isHeld, false);
        while (held.TryDequeue(out var frame))
            browser!.Send(frame);

        Assert.Equal("Her words", saved);
        await Expect(page.Locator(".conflict pre")).ToHaveTextAsync(["My words", "Her words"]);
        await Expect(page.Locator("#introduction")).ToHaveValueAsync("My words");
    }

    private async Task PassAsync()
    {
        day.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(100, Stop);
    }
}
