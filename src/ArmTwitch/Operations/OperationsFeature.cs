using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ArmTwitch.Operations;

public static class OperationsFeature
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ProxiesOptions>("Proxies");
        services.Configure<ForwardedHeadersOptions>(options => Trust(options, configuration.GetSection("Proxies").Get<ProxiesOptions>() ?? new()));
        services.AddHealthChecks().AddCheck<ContentHealth>("content");
        return services;
    }

    private static void Trust(ForwardedHeadersOptions options, ProxiesOptions proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var known in proxies.Known.Where(NetworksAttribute.IsNetwork))
        {
            if (IPAddress.TryParse(known, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(known));
        }
    }
}
