using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Operations;

public static class OperationsFeature
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSettings<ProxiesOptions>("Proxies");
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxiesOptions>>((options, proxies) => Trust(options, proxies.Value));
        services.AddHealthChecks().AddCheck<ContentHealth>("content");
        return services.AddSingleton<Backups>();
    }

    private static void Trust(ForwardedHeadersOptions options, ProxiesOptions proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var known in proxies.Known)
        {
            if (IPAddress.TryParse(known, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(known));
        }
    }
}
