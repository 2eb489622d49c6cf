using System.Net;
using System.Net.WebSockets;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace ArmTwitch.Tests.Moderators;

public sealed class PermissionTests : IDisposable
{
    private readonly ModeratorTestSite site = new();

    public void Dispose() => site.Dispose();

    [Theory]
    [InlineData("/moderation", "%2Fmoderation")]
    [InlineData("/moderation/account", "%2Fmoderation%2Faccount")]
    [InlineData("/moderation/people?done=x", "%2Fmoderation%2Fpeople%3Fdone%3Dx")]
    [InlineData("/moderation/no/such/page", "%2Fmoderation%2Fno%2Fsuch%2Fpage")]
    public async Task A_stranger_is_sent_to_the_sign_in(string address, string returnUrl)
    {
        var browser = site.Visit();
        await browser.OpenAsync(address);

        Assert.Equal((HttpStatusCode.Found, $"/moderation/sign-in?returnUrl={returnUrl}"), (browser.Status, browser.Location));
    }

    [Theory]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("GET", "/_blazor")]
    [InlineData("GET", "/_blazor/initializers")]
    public async Task A_stranger_gets_no_connection(string method, string address) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await site.Visit().AskAsync(new HttpMethod(method), address));

    [Fact]
    public async Task A_moderator_gets_a_connection_until_there_are_too_many()
    {
        using var small = new ModeratorTestSite(settings: ("Moderators:Circuits", "1"));
        var person = await small.JoinAsync();
        Assert.Equal(HttpStatusCode.OK, await person.Browser.AskAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"));

        await small.Site.Get<CircuitLimiter>().OnCircuitOpenedAsync(null!, TestContext.Current.CancellationToken);

        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, await person.Browser.AskAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"));
    }

    [Fact]
    public async Task A_connection_does_not_outlive_its_session()
    {
        using var connection = await ConnectAsync();

        site.Site.Clock.Advance(TimeSpan.FromHours(12.1));

        Assert.True(await EndsAsync(connection));
    }

    [Fact]
    public async Task A_connection_ends_at_a_message_over_64_KiB()
    {
        using var connection = await ConnectAsync();

        await connection.SendAsync(CallOf(60 * 1024), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        Assert.Equal(
            WebSocketMessageType.Binary,
            (await connection.ReceiveAsync(new byte[1000], TestContext.Current.CancellationToken)).MessageType);
        await connection.SendAsync(CallOf(65 * 1024), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

        Assert.True(await EndsAsync(connection));
    }

    [Theory]
    [InlineData(ModeratorRole.Moderator, HttpStatusCode.Forbidden)]
    [InlineData(ModeratorRole.Editor, HttpStatusCode.Forbidden)]
    [InlineData(ModeratorRole.Admin, HttpStatusCode.OK)]
    public async Task Only_an_admin_sees_the_people(ModeratorRole role, HttpStatusCode status)
    {
        var person = await site.JoinAsync(role: role);

        Assert.Equal(status, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/people"));
        Assert.Equal(HttpStatusCode.OK, await person.Browser.AskAsync(HttpMethod.Get, "/moderation"));
    }

    [Theory]
    [InlineData(ModeratorRole.Moderator, HttpStatusCode.Forbidden)]
    [InlineData(ModeratorRole.Editor, HttpStatusCode.OK)]
    public async Task Only_an_editor_reads_what_readers_say_of_articles(ModeratorRole role, HttpStatusCode status) =>
        Assert.Equal(status, await (await site.JoinAsync(role: role)).Browser.AskAsync(HttpMethod.Get, "/moderation/feedback"));

    [Fact]
    public async Task Pages_are_kept_by_nobody_and_run_only_our_own_script()
    {
        using var visitor = site.Site.Visit();
        using var page = await visitor.GetAsync(new Uri("/moderation/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("no-store", page.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("noindex", Assert.Single(page.Headers.GetValues("X-Robots-Tag")));
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frameworks_script_is_kept_by_the_browser_and_asked_about()
    {
        using var visitor = site.Site.Visit();
        using var script = await visitor.GetAsync(
            new Uri("/_framework/blazor.web.js", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("no-cache", Assert.Single(script.Headers.GetValues("Cache-Control")));
        Assert.NotNull(script.Headers.ETag);
    }

    [Fact]
    public async Task Reading_sets_no_cookie_for_a_moderator_either()
    {
        var person = await site.JoinAsync();
        await person.Browser.OpenAsync("/");
        using var visitor = site.Site.Visit();
        foreach (var address in (string[])["/", "/topics", "/search?q=coffee", "/no-such-page"])
        {
            using var page = await visitor.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.False(page.Headers.Contains("Set-Cookie"), address);
        }
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task A_page_of_another_site_gets_no_connection_with_a_moderators_cookie(string origin)
    {
        var cookies = new CookieContainer();
        using var browser = site.Site.CreateDefaultClient(new CookieContainerHandler(cookies));
        await site.JoinAsync(new TestBrowser(browser));
        browser.DefaultRequestHeaders.Add("Origin", origin);
        var sockets = site.Site.Server.CreateWebSocketClient();
        sockets.ConfigureRequest =
            request => (request.Headers.Cookie, request.Headers.Origin) = (cookies.GetCookieHeader(browser.BaseAddress!), origin);

        Assert.Equal(
            HttpStatusCode.Forbidden, await new TestBrowser(browser).AskAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => sockets.ConnectAsync(new Uri(browser.BaseAddress!, "/_blazor"), TestContext.Current.CancellationToken));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/moderation")]
    [InlineData("/moderation/people")]
    [InlineData("/moderation/audit/export?format=csv")]
    [InlineData("/moderation/audit/export?format=none")]
    [InlineData("/moderation/sign-in")]
    [InlineData("/moderation/join?token=x")]
    [InlineData("/moderation/no/such/page")]
    public async Task HEAD_is_answered_like_GET_without_the_body(string address)
    {
        var person = await site.JoinAsync(role: ModeratorRole.Admin);
        foreach (var browser in (TestBrowser[])[person.Browser, site.Visit()])
        {
            var (type, _) = await browser.LookAsync(HttpMethod.Get, address);
            var (status, location) = (browser.Status, browser.Location);

            Assert.Equal((type, ""), await browser.LookAsync(HttpMethod.Head, address));
            Assert.Equal((status, location), (browser.Status, browser.Location));
        }
    }

    [Theory]
    [InlineData("PUT", "/moderation")]
    [InlineData("DELETE", "/moderation/people")]
    [InlineData("PATCH", "/moderation/sign-in")]
    [InlineData("PROPFIND", "/moderation/no/such/page")]
    public async Task A_wrong_method_is_told_which_are_right(string method, string address)
    {
        using var visitor = site.Site.Visit();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        using var answer = await visitor.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("GET", "/moderation")]
    [InlineData("GET", "/moderation/sign-in")]
    [InlineData("POST", "/moderation/sign-in")]
    [InlineData("GET", "/moderation/join?token=x")]
    [InlineData("POST", "/moderation/join")]
    [InlineData("POST", "/moderation/passkeys/request")]
    [InlineData("PUT", "/moderation/people")]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    public async Task Over_plain_http_in_Production_a_page_says_what_is_missing(string method, string address)
    {
        using var production = new TestSite(environment: "Production", settings: ("Mail:Pickup", "true"));
        using var visitor = production.Visit();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        using var answer = await visitor.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "X-Forwarded-Proto", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_https_in_Production_the_sign_in_opens()
    {
        using var production = new TestSite(environment: "Production", settings: ("Mail:Pickup", "true"));
        using var visitor = production.Visit();
        visitor.BaseAddress = new Uri("https://armtwitch.test");

        Assert.Equal(HttpStatusCode.OK, await new TestBrowser(visitor).AskAsync(HttpMethod.Get, "/moderation/sign-in"));
    }

    [Fact]
    public async Task Who_is_removed_is_out_at_once()
    {
        var person = await site.JoinAsync();
        await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        var accounts = site.Site.Get<ModeratorAccounts>();

        Assert.Equal(ModeratorAccountOutcome.Done, await accounts.RemoveAsync(
            (await accounts.FindAsync(person.Email, TestContext.Current.CancellationToken))!.Id,
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        var admin = await site.JoinAsync(role: ModeratorRole.Admin);
        var page = await admin.Browser.OpenAsync("/moderation/people");
        var id = page.QuerySelector("[name=person]")!.GetAttribute("value")!;

        var refused = await admin.Browser.SendAsync(page, "remove", ("person", id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Contains("This is the last admin", refused.Body!.TextContent, StringComparison.Ordinal);
        await admin.Browser.SendAsync(page, "change", ("person", id), ($"role-{id}", "editor"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Equal(
            ModeratorRole.Admin,
            Assert.Single(await site.Site.Get<ModeratorAccounts>().ListAsync(TestContext.Current.CancellationToken)).Role);
    }

    [Fact]
    public async Task Who_removes_somebody_twice_is_told_that_nobody_is_left_to_remove()
    {
        var admin = await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        await site.JoinAsync();
        var page = await admin.Browser.OpenAsync("/moderation/people");
        var id =
            (await site.Site.Get<ModeratorAccounts>().FindAsync("ada@example.org", TestContext.Current.CancellationToken))!.Id.ToString();

        await admin.Browser.SendAsync(page, "remove", ("person", id));
        Assert.Equal("/moderation/people?done=removed", admin.Browser.Location);
        var told = await admin.Browser.SendAsync(page, "remove", ("person", id));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Contains("has no account any more", told.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_admins_who_remove_each_other_leave_one()
    {
        await site.JoinAsync("ada@example.org", ModeratorRole.Admin);
        await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        var accounts = site.Site.Get<ModeratorAccounts>();
        var both = await accounts.ListAsync(TestContext.Current.CancellationToken);

        await Task.WhenAll(both.Select(one => Task.Run(() => accounts.RemoveAsync(one.Id))));

        Assert.Single(await accounts.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_admin_invites_and_the_new_one_joins_in_that_role()
    {
        var admin = await site.JoinAsync(role: ModeratorRole.Admin);

        var page = await admin.Browser.SendAsync(
            await admin.Browser.OpenAsync("/moderation/people"), "invite", ("email", "grace@example.org"), ("role", "editor"));

        var link = page.QuerySelector(".link")!.TextContent;
        Assert.StartsWith("https://armtwitch.test/moderation/join?token=", link, StringComparison.Ordinal);
        Assert.Equal(
            ModeratorRole.Editor,
            (await site.Site.Get<InvitationService>().FindAsync(link.Split("token=")[1], TestContext.Current.CancellationToken))!.Role);
    }

    [Fact]
    public async Task A_new_role_counts_after_a_new_sign_in()
    {
        var person = await site.JoinAsync();
        var accounts = site.Site.Get<ModeratorAccounts>();
        await accounts.ChangeRoleAsync(
            (await accounts.FindAsync(person.Email, TestContext.Current.CancellationToken))!.Id, ModeratorRole.Admin,
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation"));
        Assert.Equal(HttpStatusCode.OK, await (await site.SignInAsync(person)).AskAsync(HttpMethod.Get, "/moderation/people"));
    }

    /// <returns>A connection of a moderator's screen, opened.</returns>
    private async Task<WebSocket> ConnectAsync()
    {
        var cookies = new CookieContainer();
        using var browser = site.Site.CreateDefaultClient(new CookieContainerHandler(cookies));
        await site.JoinAsync(new TestBrowser(browser));
        var sockets = site.Site.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request => request.Headers.Cookie = cookies.GetCookieHeader(browser.BaseAddress!);
        var connection = await sockets.ConnectAsync(new Uri(browser.BaseAddress!, "/_blazor"), TestContext.Current.CancellationToken);
        await connection.SendAsync(
            "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true,
            TestContext.Current.CancellationToken);
        await connection.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>A call of something that is not there, with so many letters to take along: a MessagePack array behind its length.</summary>
    private static byte[] CallOf(int letters)
    {
        byte[] call = [
            0x95, 0x01, 0x80, 0xA1, (byte)'1', 0xA4, .. "None"u8, 0x91, 0xDB, 0, (byte)(letters >> 16), (byte)(letters >> 8), (byte)letters,
            .. Enumerable.Repeat((byte)'a', letters)];
        var length = new List<byte>();
        for (var rest = call.Length; rest > 0; rest >>= 7)
            length.Add((byte)(rest > 0x7F ? (rest & 0x7F) | 0x80 : rest));
        return [.. length, .. call];
    }

    /// <returns>False when it still stands after a while in which a living one says at most that it lives.</returns>
    private static async Task<bool> EndsAsync(WebSocket connection)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while ((await connection.ReceiveAsync(new byte[100], patience.Token)).MessageType is not WebSocketMessageType.Close)
            {
            }

            return true;
        }
        catch (Exception cut) when (cut is IOException or WebSocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
