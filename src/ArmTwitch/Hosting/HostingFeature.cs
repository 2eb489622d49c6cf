using ArmTwitch.Data.Changes;
using ArmTwitch.Hosting.Telemetry;
using ArmTwitch.Operations;
using ArmTwitch.Operations.Moving;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Hosting;

public static class HostingFeature
{
    /// <summary>Monitors give up after some seconds and then count the site as down.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for requests and mails under way: a restart is to be short.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddHosting(this IServiceCollection services, IConfiguration configuration)
    {
        UnknownSettingsCheck.Add(services);
        services.AddSingleton<SettingNameSuggestions>();
        services.PostConfigure<HostFilteringOptions>(HostSettingsChecks.AllowThisMachine);
        services.AddSettings<ProxiesOptions>("Proxies");
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustedProxies>();
        services.AddSettings<MetricsOptions>("Metrics");
        services.AddSingleton<ContentChangeNotices>().AddHostedService(provider => provider.GetRequiredService<ContentChangeNotices>())
            .AddSingleton<IDatabaseChangeHandler>(provider => provider.GetRequiredService<ContentChangeNotices>());
        SystemdWatchdog.Add(services);
        services.AddSingleton<BackgroundSupervisor>().AddHostedService(provider => provider.GetRequiredService<BackgroundSupervisor>());
        services.Configure<HostOptions>(host =>
        {
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
            // One after the other their times would add up, and mails would leave until the last request is answered.
            host.ServicesStopConcurrently = true;
            host.ShutdownTimeout = StopPatience;
        });
        services.AddHealthChecks()
            .AddCheck<ContentHealthCheck>("content", tags: [HealthEndpoints.Serves])
            .AddCheck<ModerationScriptHealthCheck>("screens", tags: [HealthEndpoints.Serves])
            .AddCheck<BackgroundSupervisor>("background");
        services.PostConfigure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var check in checks.Registrations)
                check.Timeout = Patience;
        });
        return services.AddSingleton<BackupService>().AddSingleton<BackupRecord>().AddSingleton<DatabaseMoveService>()
            .AddSingleton<RestoredDatabaseService>().AddTelemetry(configuration);
    }
}
