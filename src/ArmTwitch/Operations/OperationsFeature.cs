using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Operations;

public static class OperationsFeature
{
    /// <summary>Whoever asks whether the site is fit gives up soon, and then takes it for dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        KnownSettings.Add(services);
        services.AddSettings<ProxiesOptions>("Proxies");
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxiesOptions>>((options, proxies) => Trust(options, proxies.Value));
        services.AddSettings<MetricsOptions>("Metrics");
        services.AddSingleton<BackgroundSupervisor>().AddHostedService(provider => provider.GetRequiredService<BackgroundSupervisor>());
        services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        services.AddHealthChecks()
            .AddCheck<ContentHealth>("content", tags: [HealthEndpoints.Serves])
            .AddCheck<ScreensHealth>("screens", tags: [HealthEndpoints.Serves])
            .AddCheck<BackgroundSupervisor>("background");
        services.PostConfigure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var check in checks.Registrations)
                check.Timeout = Patience;
        });
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
