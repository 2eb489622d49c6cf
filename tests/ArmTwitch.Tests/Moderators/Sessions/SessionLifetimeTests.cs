using System.Net;
using ArmTwitch.Moderators.Layout;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Tests.Moderators.Sessions;

/// <summary>When a session ends, and when it goes on.</summary>
public sealed class SessionLifetimeTests : IDisposable
{
    private readonly ModeratorTestSite site = new();

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task A_session_ends_after_30_minutes_without_activity()
    {
        var person = await site.JoinAsync();

        site.Site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.NoContent, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.NoContent, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
    }

    [Theory]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("GET", "queue.js")]
    public async Task Requests_that_a_page_makes_by_itself_are_no_activity(string method, string asked)
    {
        var person = await site.JoinAsync();

        site.Site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(
            HttpStatusCode.OK,
            await person.Browser.AskAsync(new HttpMethod(method), asked[0] is '/' ? asked : ModerationAssets.Address(asked)));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
    }

    [Fact]
    public async Task A_session_ends_after_12_hours_even_with_activity()
    {
        var person = await site.JoinAsync();
        for (var worked = TimeSpan.Zero; worked < TimeSpan.FromHours(11.5); worked += TimeSpan.FromMinutes(20))
        {
            site.Site.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.NoContent, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        }

        await person.Browser.SendAsync(await person.Browser.OpenAsync("/moderation/account"), "profile", ("name", "Ada L."));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(21));

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
    }

    [Fact]
    public async Task A_database_that_another_program_writes_to_keeps_nobody_from_reading()
    {
        var person = await site.JoinAsync();
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var other = new SqliteConnection($"Data Source={Path.Combine(site.Site.DataFolder, "armtwitch.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var held = other.BeginTransaction(deferred: false);

        Assert.Equal(HttpStatusCode.OK, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/account"));
    }

    [Fact]
    public async Task Only_the_button_signs_out()
    {
        var person = await site.JoinAsync();

        var page = await person.Browser.OpenAsync("/moderation/sign-out");
        Assert.Equal(HttpStatusCode.NoContent, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        await person.Browser.SendAsync(page, "sign-out");

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions()
    {
        var person = await site.JoinAsync();
        var other = await site.SignInAsync(person);

        var page = await person.Browser.OpenAsync("/moderation/account");
        await person.Browser.SendAsync(
            page, "password", ("current", ModeratorTestSite.Password), ("password", "another good password"), ("code", ""));
        Assert.Equal("/moderation/account?done=changed", person.Browser.Location);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(HttpStatusCode.NoContent, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        Assert.Equal(HttpStatusCode.Found, await other.AskAsync(HttpMethod.Get, "/moderation/session"));
    }
}
