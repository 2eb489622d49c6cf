using System.Net;
using System.Text.Json;
using ArmTwitch.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Hosting;

/// <summary>Every way to write down whose word on the reader's address is believed.</summary>
public sealed class ProxiesOptionsTests
{
    [Theory]
    [InlineData("Proxies:Known", "10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("Proxies:Known", "10.0.0.0/8, 192.0.2.1", "10.0.0.0/8, 192.0.2.1")]
    [InlineData("Proxies:Known", "", "")]
    [InlineData("Proxies:Known:0", "10.0.0.0/8", "10.0.0.0/8")]
    public void One_value_is_a_list_too(string key, string value, string known)
    {
        using var site = new TestSite(settings: (key, value));

        Assert.Equal(known, string.Join(", ", site.Get<IOptions<ProxiesOptions>>().Value.Known));
        var trusted = site.Get<IOptions<ForwardedHeadersOptions>>().Value;
        Assert.Equal(
            known.Contains("10.0.0.0/8", StringComparison.Ordinal),
            trusted.KnownIPNetworks.Any(network => network.Contains(IPAddress.Parse("10.1.2.3"))));
        Assert.Equal(known.Contains("192.0.2.1", StringComparison.Ordinal), trusted.KnownProxies.Contains(IPAddress.Parse("192.0.2.1")));
    }

    /// <summary>The health page tells its reasons to this machine alone, so it shows whom the program takes for the visitor.</summary>
    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("127.0.0.1", "203.0.113.5", false)]
    [InlineData("127.0.0.1", "127.0.0.1, 203.0.113.5", false)]
    [InlineData("203.0.113.5", "127.0.0.1", false)]
    [InlineData("10.1.2.3", "127.0.0.1", true)]
    public async Task Nobody_but_a_known_proxy_says_who_the_visitor_is(string sender, string? forwarded, bool isThisMachine)
    {
        using var site = new TestSite(settings: ("Proxies:Known", "10.0.0.0/8"));
        using var visitor = site.Visit();

        var answer = await site.Server.SendAsync(http =>
        {
            (http.Request.Method, http.Request.Path) = ("GET", "/health/ready");
            http.Connection.RemoteIpAddress = IPAddress.Parse(sender);
            http.Request.Headers["X-Forwarded-For"] = forwarded;
        }, Xunit.TestContext.Current.CancellationToken);

        using var body = await JsonDocument.ParseAsync(
            answer.Response.Body, cancellationToken: Xunit.TestContext.Current.CancellationToken);
        Assert.Equal(isThisMachine, body.RootElement.TryGetProperty("checks", out _));
    }
}
