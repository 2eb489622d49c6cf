using System.Net;
using System.Net.WebSockets;
using ArmTwitch.Moderators.Sessions;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace ArmTwitch.Tests.Moderators.Sessions;

/// <summary>Who gets a connection of a circuit, and when it ends.</summary>
public sealed class CircuitConnectionTests : IDisposable
{
    private readonly ModeratorTestSite site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

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

        await small.Site.Get<CircuitLimiter>().OnCircuitOpenedAsync(null!, Cancel);

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

        await connection.SendAsync(CallOf(60 * 1024), WebSocketMessageType.Binary, true, Cancel);
        Assert.Equal(
            WebSocketMessageType.Binary,
            (await connection.ReceiveAsync(new byte[1000], Cancel)).MessageType);
        await connection.SendAsync(CallOf(65 * 1024), WebSocketMessageType.Binary, true, Cancel);

        Assert.True(await EndsAsync(connection));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Another_site_gets_no_connection_with_the_cookie_of_a_moderator(string origin)
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
            () => sockets.ConnectAsync(new Uri(browser.BaseAddress!, "/_blazor"), Cancel));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    /// <returns>An open connection of a circuit.</returns>
    private async Task<WebSocket> ConnectAsync()
    {
        var cookies = new CookieContainer();
        using var browser = site.Site.CreateDefaultClient(new CookieContainerHandler(cookies));
        await site.JoinAsync(new TestBrowser(browser));
        var sockets = site.Site.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request => request.Headers.Cookie = cookies.GetCookieHeader(browser.BaseAddress!);
        var connection = await sockets.ConnectAsync(new Uri(browser.BaseAddress!, "/_blazor"), Cancel);
        await connection.SendAsync(
            "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true,
            Cancel);
        await connection.ReceiveAsync(new byte[100], Cancel);
        return connection;
    }

    /// <summary>A call of a method that does not exist, with an argument of so many letters, as MessagePack behind its length.</summary>
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

    /// <returns>False when it is still open after ten seconds.</returns>
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
