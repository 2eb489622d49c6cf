using System.Net;
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
}
