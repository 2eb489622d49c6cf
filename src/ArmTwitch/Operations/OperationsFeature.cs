using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ArmTwitch.Operations;

public static class OperationsFeature
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DataOptions>().BindConfiguration("Data").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ProxiesOptions>().BindConfiguration("Proxies")
            .Validate(proxies => proxies.Known.All(IsAddress), "Proxies:Known must hold IP addresses or networks such as 10.0.0.0/8")
            .ValidateOnStart();
        services.Configure<ForwardedHeadersOptions>(options => Trust(options, configuration.GetSection("Proxies").Get<ProxiesOptions>() ?? new()));
        services.AddSingleton<DataFolder>();
        services.AddHealthChecks().AddCheck<ContentHealth>("content");
        return services;
    }

    private static void Trust(ForwardedHeadersOptions options, ProxiesOptions proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var known in proxies.Known.Where(IsAddress))
        {
            if (IPAddress.TryParse(known, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(known));
        }
    }

    private static bool IsAddress(string text) => IPAddress.TryParse(text, out _) || System.Net.IPNetwork.TryParse(text, out _);
}
