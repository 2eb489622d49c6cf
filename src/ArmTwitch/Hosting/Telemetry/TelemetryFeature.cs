using System.Diagnostics;
using System.Reflection;
using ArmTwitch.Data;
using ArmTwitch.Data.Telemetry;
using ArmTwitch.Pages.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ArmTwitch.Hosting.Telemetry;

/// <summary>
/// Metrics and traces by OpenTelemetry: the Prometheus page <c>/metrics</c> with <c>Metrics:Enabled</c>, export by the standard variables
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>). Without either nothing is registered, and nothing is measured.
/// </summary>
internal static class TelemetryFeature
{
    private const string MetricsPath = "/metrics";

    /// <summary>The parts of .NET whose metrics are of use. Npgsql reports by itself.</summary>
    private static readonly string[] Meters =
    [
        SiteTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components.Server.Circuits", "System.Runtime", "Npgsql",
    ];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var (hasPage, exportsMetrics, exportsTraces) = (
            bool.TryParse(configuration["Metrics:Enabled"], out var isEnabled) && isEnabled, Exports(configuration, "METRICS"), Exports(configuration, "TRACES"));
        if (!hasPage && !exportsMetrics && !exportsTraces)
            return services;
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(
            SiteTelemetry.Name.ToLowerInvariant(), serviceVersion: Version));
        if (hasPage || exportsMetrics)
        {
            services.AddGauges();
            telemetry.WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (hasPage)
                    metrics.AddPrometheusExporter();
                if (exportsMetrics)
                    metrics.AddOtlpExporter();
            });
        }

        if (exportsTraces)
            telemetry.WithTracing(traces => traces.AddSource(SiteTelemetry.Name)
                .AddAspNetCoreInstrumentation(requests =>
                    requests.EnrichWithHttpResponse = (activity, response) => LeaveOutAddress(activity, response.HttpContext))
                .AddOtlpExporter());
        return services;
    }

    /// <summary>Serves the Prometheus page to the networks of <c>Metrics:Allow</c>; others find no such page.</summary>
    public static IApplicationBuilder UseTelemetry(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<MetricsOptions>>().Value;
        return options.Enabled
            ? app.UseOpenTelemetryPrometheusScrapingEndpoint(
                http => http.Request.Path == MetricsPath && options.Allows(http.Connection.RemoteIpAddress))
            : app;
    }

    private static void AddGauges(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseGaugeService>()
            .AddHostedService(provider => provider.GetRequiredService<DatabaseGaugeService>())
            .AddHostedService<SiteGauges>()
            .AddSingleton<HealthGaugeService>()
            .AddHostedService(provider => provider.GetRequiredService<HealthGaugeService>())
            .ConfigureDbContext<SqliteDb>(Measure).ConfigureDbContext<PostgresDb>(Measure);

        static void Measure(DbContextOptionsBuilder options) =>
            options.AddInterceptors(new DatabaseMetricsInterceptor(), new EventCounterInterceptor());
    }

    private static string? Version =>
        typeof(SiteTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static bool Exports(IConfiguration configuration, string signal) =>
        configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 }
        || configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 };

    /// <summary>
    /// An address may hold the token of a comment or subscription, or what somebody searched for: a trace has the route's pattern instead.
    /// </summary>
    internal static void LeaveOutAddress(Activity activity, HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? activity.GetTagItem(PageMetrics.RouteTag) ?? "(no route)";
        activity.SetTag("url.path", route).SetTag("url.query", null).SetTag("user_agent.original", null)
            .SetTag("client.address", null).SetTag("network.peer.address", null);
    }
}
