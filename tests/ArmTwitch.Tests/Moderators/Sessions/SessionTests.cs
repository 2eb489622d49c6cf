using System.Net;
using System.Security.Claims;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.Retention;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Moderators.Sessions;

/// <summary>Two replicas on one database: what ends a session on one holds on the other.</summary>
public abstract class SessionTests : IDisposable
{
    private readonly ModeratorTestSite site;
    private readonly TestSite other;
    private readonly CookieContainer cookies = new();

    protected SessionTests(DatabaseKind database)
    {
        site = new ModeratorTestSite(database);
        other = new TestSite(settings: site.Site.SameDatabase);
        other.With(services => services.AddSingleton<TimeProvider>(site.Site.Clock));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        other.Dispose();
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_copied_cookie_opens_nothing_after_sign_out_on_any_replica()
    {
        var (person, thief) = await JoinAsync();
        Assert.Equal(HttpStatusCode.NoContent, await thief.AskAsync(HttpMethod.Get, "/moderation/session"));

        await person.Browser.SendAsync(await person.Browser.OpenAsync("/moderation/sign-out"), "sign-out");

        Assert.Equal(HttpStatusCode.Found, await thief.AskAsync(HttpMethod.Get, "/moderation/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await thief.AskAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"));
    }

    [Fact]
    public async Task A_removed_moderator_is_signed_out_at_once_on_every_replica()
    {
        var (person, elsewhere) = await JoinAsync();
        await site.JoinAsync("grace@example.org", ModeratorRole.Admin);

        await RemoveAsync(person.Email);

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation"));
        await elsewhere.OpenAsync("/moderation/account");
        Assert.Equal(HttpStatusCode.Found, elsewhere.Status);
        var page = await elsewhere.OpenAsync(elsewhere.Location!);
        Assert.Contains("Your account was removed", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_role_ends_the_sessions_of_the_old_one_at_once()
    {
        var (person, elsewhere) = await JoinAsync(ModeratorRole.Editor);

        await site.Site.Get<ModeratorAccounts>()
            .ChangeRoleAsync(await IdOfAsync(person.Email), ModeratorRole.Moderator, cancellationToken: Cancel);

        Assert.Equal(HttpStatusCode.Found, await elsewhere.AskAsync(HttpMethod.Get, "/moderation/feedback"));
    }

    [Fact]
    public async Task Work_on_one_replica_keeps_the_session_alive_on_the_other()
    {
        var (person, elsewhere) = await JoinAsync();

        site.Site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.NoContent, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.NoContent, await elsewhere.AskAsync(HttpMethod.Get, "/moderation/session"));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        var page = await person.Browser.OpenAsync("/moderation/sign-in");
        Assert.Contains("after 30 minutes without activity", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_page_stops_acting_when_its_session_ends_on_the_other_replica()
    {
        var (person, _) = await JoinAsync();
        var acts = 0;
        var screen = new CircuitSessionValidator(other.Get<SessionStore>(), other.Get<SessionChangeHandler>(), other.Get<ILoggerFactory>());
        screen.SetAuthenticationState(Task.FromResult(new AuthenticationState(Principal())));
        var act = new CircuitGuard(screen).CreateInboundActivityHandler(_ =>
        {
            acts++;
            return Task.CompletedTask;
        });
        await act(null!);

        await person.Browser.SendAsync(await person.Browser.OpenAsync("/moderation/sign-out"), "sign-out");
        await act(null!);

        Assert.Equal(1, acts);
        Assert.False((await screen.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task The_secret_of_a_session_is_not_in_the_database()
    {
        await JoinAsync();
        var secret = Principal().FindFirst(ModeratorClaimsFactory.Session)!.Value;

        await using var db = site.Site.Database();
        Assert.Equal(SecretToken.Hash("session", secret), (await db.Set<ModeratorSession>().SingleAsync(Cancel)).Hash);
    }

    [Fact]
    public async Task A_request_for_the_time_left_is_no_activity()
    {
        var (person, _) = await JoinAsync();
        site.Site.Clock.Advance(TimeSpan.FromMinutes(28));

        var left = await person.Browser.OpenAsync("/moderation/session/left");
        Assert.Equal("""{"seconds":120,"endsAnyway":false}""", left.Body!.TextContent);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session/left"));
    }

    [Fact]
    public async Task Sessions_are_deleted_a_day_after_the_longest_session()
    {
        await JoinAsync();

        Assert.Single(await SessionsAfterAsync(TimeSpan.FromHours(12) + TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1)));
        Assert.Empty(await SessionsAfterAsync(TimeSpan.FromSeconds(1)));

        async Task<List<ModeratorSession>> SessionsAfterAsync(TimeSpan later)
        {
            site.Site.Clock.Advance(later);
            await site.Site.Get<RetentionService>().ApplyRulesAsync(Cancel);
            await using var db = site.Site.Database();
            return await db.Set<ModeratorSession>().ToListAsync(Cancel);
        }
    }

    [Fact]
    public async Task Signing_in_again_in_a_browser_ends_its_session()
    {
        var (person, copy) = await JoinAsync();
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));

        await site.SignInAsync(person, browser: person.Browser);

        Assert.Equal(HttpStatusCode.NoContent, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        Assert.Equal(HttpStatusCode.Found, await copy.AskAsync(HttpMethod.Get, "/moderation/session"));
    }

    [Fact]
    public async Task A_download_is_aborted_when_its_session_ends()
    {
        await JoinAsync();
        var watcher = site.Site.Get<SessionEndWatcher>();
        var http = new DefaultHttpContext { User = Principal() };
        using var aborted = new CancellationTokenSource();
        http.Features.Set<IHttpRequestLifetimeFeature>(new RequestLifetimeStub(aborted));
        http.Request.Method = "GET";
        http.Request.Path = "/moderation/audit/export";
        var download = watcher.WatchAsync(http, context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        await site.Site.Get<SessionStore>().EndAsync(SessionStore.HashOf(http.User)!, SessionEnd.SignedOut, Cancel);
        while (!download.IsCompleted)
        {
            site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
    }

    /// <summary>Somebody signed in on this replica, and a browser with a copy of the cookie at the other.</summary>
    private async Task<(TestModerator Person, TestBrowser Elsewhere)> JoinAsync(ModeratorRole role = ModeratorRole.Moderator)
    {
        var browser = site.Site.CreateDefaultClient(new CookieContainerHandler(cookies));
        var person = await site.JoinAsync(new TestBrowser(browser), role: role);
        var thief = other.CreateDefaultClient();
        thief.DefaultRequestHeaders.Add("Cookie", cookies.GetCookieHeader(browser.BaseAddress!));
        return (person, new TestBrowser(thief));
    }

    /// <returns>The claims in the cookie.</returns>
    private ClaimsPrincipal Principal()
    {
        var format = site.Site.Get<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(IdentityConstants.ApplicationScheme).TicketDataFormat;
        return format.Unprotect(cookies.GetAllCookies().Single(cookie => cookie.Name == "moderator").Value)!.Principal;
    }

    private async Task<Guid> IdOfAsync(string email) => (await site.Site.Get<ModeratorAccounts>().FindAsync(email, Cancel))!.Id;

    private async Task RemoveAsync(string email) => Assert.Equal(
        ModeratorAccountOutcome.Done,
        await site.Site.Get<ModeratorAccounts>().RemoveAsync(await IdOfAsync(email), cancellationToken: Cancel));

    private sealed class RequestLifetimeStub(CancellationTokenSource aborted) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get => aborted.Token; set => throw new NotSupportedException(); }

        public void Abort() => aborted.Cancel();
    }
}

public sealed class SessionTestsOnSqlite() : SessionTests(DatabaseKind.Sqlite);

public sealed class SessionTestsOnPostgres() : SessionTests(DatabaseKind.Postgres);
