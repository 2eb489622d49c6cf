using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Authenticators;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Moderators;

/// <summary>A site with moderators. Each has an own browser, which keeps cookies and runs no script.</summary>
public sealed class ModeratorTestSite : IDisposable
{
    public const string Password = "correct horse battery";

    public ModeratorTestSite(DatabaseKind database = DatabaseKind.Sqlite, params (string Key, string Value)[] settings)
    {
        Site = new TestSite(database: database, settings: [CapturedLog.Wanted("ArmTwitch.Moderators"), .. settings]);
        Site.With(services => services.AddSingleton<ILoggerProvider>(Log)
            // The default takes a thousand times as long.
            .Configure<PasswordHasherOptions>(options => options.IterationCount = 100));
    }

    public TestSite Site { get; }

    /// <summary>What the site logged about accounts.</summary>
    public CapturedLog Log { get; } = new();

    public TestBrowser Visit() => new(Site.Visit());

    /// <returns>The path and query of a new invitation.</returns>
    public async Task<string> InviteAsync(string email = "ada@example.org", ModeratorRole role = ModeratorRole.Moderator)
    {
        using var database = Site.Visit();
        return new Uri((await Site.Get<InvitationService>().MakeAsync(email, role))!.Link).PathAndQuery;
    }

    /// <summary>Invites somebody, who joins with a password and an app and is then signed in.</summary>
    public Task<TestModerator> JoinAsync(string email = "ada@example.org", ModeratorRole role = ModeratorRole.Moderator) =>
        JoinAsync(Visit(), email, role);

    public async Task<TestModerator> JoinAsync(
        TestBrowser browser, string email = "ada@example.org", ModeratorRole role = ModeratorRole.Moderator)
    {
        var page = await browser.OpenAsync(await InviteAsync(email, role));
        var key = TestBrowser.KeyOn(page);
        var welcome = await browser.SendAsync(page, "join", ("name", "Ada"), ("password", Password), ("code", CodeNow(key)));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return new TestModerator(browser, email, key, [.. welcome.QuerySelectorAll(".codes code").Select(code => code.TextContent)]);
    }

    /// <summary>Signs in with both factors, a minute later, because a code works once.</summary>
    /// <param name="browser">Null for a new one.</param>
    public async Task<TestBrowser> SignInAsync(TestModerator person, string start = "/moderation/sign-in", TestBrowser? browser = null)
    {
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        browser ??= Visit();
        await browser.SendAsync(await browser.OpenAsync(start), "password", ("email", person.Email), ("password", Password));
        Assert.StartsWith("/moderation/sign-in/code", browser.Location, StringComparison.Ordinal);
        await browser.SendAsync(await browser.OpenAsync(browser.Location!), "code", ("code", CodeNow(person.Key)));
        return browser;
    }

    public string CodeNow(string key) => TotpAuthenticator.CodeAt(key, Site.Clock.GetUtcNow());

    public void Dispose() => Site.Dispose();
}
