using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace ArmTwitch.Hosting;

/// <summary>Takes X-Forwarded-For and X-Forwarded-Proto from <see cref="ProxiesOptions.Known"/> and from this machine only.</summary>
internal sealed class TrustedProxies(IOptions<ProxiesOptions> proxies) : IConfigureOptions<ForwardedHeadersOptions>
{
    public void Configure(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var known in proxies.Value.Known)
        {
            if (IPAddress.TryParse(known, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(IPNetwork.Parse(known));
        }
    }
}
