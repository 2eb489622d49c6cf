using ArmTwitch.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ArmTwitch.BrowserTests.Moderators;

/// <summary>A moderator at work while the program ends and starts again.</summary>
public sealed class RestartTests(LiveSiteFixture live) : IDisposable
{
    private const string Reason = "It names a school.";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("armtwitch-restart-");
    private readonly Uri origin = new($"http://localhost:{BuiltProgram.FreePort()}");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task A_lost_connection_is_reported_and_a_typed_reason_is_back_after_a_restart()
    {
        await using var moderator = await live.NewReaderAsync();
        IPage page;
        using (var first = Start())
        {
            var invitation = (await first.SaysAsync("There is no moderator yet")).Split(' ')[^1];
            await WriteAsync("Waiting.");
            page = await moderator.JoinAsync(invitation);
            await Expect(page.Locator("#words")).ToHaveTextAsync("Waiting.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Refuse", Exact = true }).ClickAsync();
            await page.GetByLabel("Something else, in your words").CheckAsync();
            await page.Locator("#reason-words").TypeKeysAsync(Reason);
            await Expect(page.Locator("#reason-words")).ToHaveValueAsync(Reason);
        }

        await Expect(page.GetByText("No connection. You can go on writing")).ToBeVisibleAsync();
        using var second = Start();

        await Expect(page.Locator(".toast")).ToContainTextAsync("What you were writing is back.", new() { Timeout = 120_000 });
        await Expect(page.Locator("#reason-words")).ToHaveValueAsync(Reason);
        await Expect(page.Locator("#reason-words")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(" Sorry");
        await Expect(page.Locator("#reason-words")).ToHaveValueAsync(Reason + " Sorry");
        await page.GetByRole(AriaRole.Button, new() { Name = "Refuse it" }).ClickAsync();
        await Expect(page.Locator(".counts strong")).ToHaveTextAsync("0 waiting");
    }

    private BuiltProgram Start() => new(
        [],
        [("ASPNETCORE_URLS", origin.GetLeftPart(UriPartial.Authority)), ("Data__Directory", data.FullName), ("Limits__Enabled", "false")]);

    private async Task WriteAsync(string text)
    {
        using var reader = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([new("name", "Grace"), new("email", ""), new("body", text), new("website", "")]);
        using var answer = await reader.PostAsync(
            new Uri(origin, "/articles/arm-muscle-twitching/comments"), form, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
    }
}
