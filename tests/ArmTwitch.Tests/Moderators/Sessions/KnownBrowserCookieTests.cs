using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Http;

namespace ArmTwitch.Tests.Moderators.Sessions;

/// <summary>Attempts elsewhere do not lock an owner out of a browser in which the owner has signed in.</summary>
public sealed class KnownBrowserCookieTests
{
    private const string Ada = "ada@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task After_a_hundred_attempts_a_known_browser_still_signs_in_and_others_do_not(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var owner = await site.JoinAsync(Ada);
        site.Site.Clock.Advance(TimeSpan.FromDays(3));
        var attempts = site.Site.Get<PasswordAttemptLimiter>();
        for (var number = 0; number < PasswordAttemptLimiter.MostFromEverywhere; number++)
            await attempts.TryTakeAttemptAsync(Ada, IPAddress.Parse($"10.0.{number}.1"), null, Cancel);

        var stranger = site.Visit();
        var refused = await stranger.SendAsync(
            await stranger.OpenAsync("/moderation/sign-in"), "password", ("email", Ada), ("password", ModeratorTestSite.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.Status);
        Assert.Contains("too many tries", refused.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);

        await site.SignInAsync(owner, browser: owner.Browser);
        Assert.Equal("/moderation", owner.Browser.Location);
    }

    [Fact]
    public void A_cookie_is_invalid_for_another_account_and_when_it_was_changed()
    {
        using var site = new ModeratorTestSite();
        site.Visit();
        var browsers = site.Site.Get<KnownBrowserCookie>();
        var cookie = CookieOf(browsers, Ada);
        var forged = cookie[..^9] + (cookie[^9] is 'A' ? 'B' : 'A') + cookie[^8..];

        Assert.Equal(16, NumberIn(browsers, cookie, Ada)?.Length);
        Assert.Equal(NumberIn(browsers, cookie, Ada), NumberIn(browsers, cookie, "ADA@example.org"));
        Assert.Null(NumberIn(browsers, cookie, "grace@example.org"));
        Assert.Null(NumberIn(browsers, forged, Ada));
        Assert.Null(NumberIn(browsers, "", Ada));
        Assert.Null(NumberIn(browsers, "%00", Ada));
        Assert.Null(NumberIn(browsers, "AAAA", Ada));
    }

    [Fact]
    public void In_Production_the_cookie_goes_to_moderation_alone_and_over_https_alone()
    {
        using var site = new TestSite(environment: "Production");
        site.Visit().Dispose();
        var http = new DefaultHttpContext();

        site.Get<KnownBrowserCookie>().Remember(http, Ada);

        var parts = http.Response.Headers.SetCookie.ToString().Split("; ");
        Assert.StartsWith("__Secure-known-browser=", parts[0], StringComparison.Ordinal);
        Assert.Equal(
            ["httponly", "max-age=15552000", "path=/moderation", "samesite=strict", "secure"], parts[1..].Order(StringComparer.Ordinal));
    }

    private static string CookieOf(KnownBrowserCookie browsers, string email)
    {
        var http = new DefaultHttpContext();
        browsers.Remember(http, email);
        return http.Response.Headers.SetCookie.ToString().Split('=', ';')[1];
    }

    private static byte[]? NumberIn(KnownBrowserCookie browsers, string cookie, string email)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"known-browser={cookie}";
        return browsers.NumberOf(http, email);
    }
}
