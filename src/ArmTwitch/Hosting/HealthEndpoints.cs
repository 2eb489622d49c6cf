using System.Text.Encodings.Web;
using System.Text.Json;
using ArmTwitch.Pages;
using ArmTwitch.Pages.HttpPolicies;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Hosting;

/// <summary>The liveness and readiness endpoints.</summary>
internal static class HealthEndpoints
{
    /// <summary>The tag of checks without which no page can be served. Other failures do not make the site unready.</summary>
    public const string Serves = "serves";

    private const string Live = "/health/live", Ready = "/health/ready";

    /// <summary>People read the answer too: quotation marks are not written as \u0022.</summary>
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.Map(Live, (HttpContext http) => Describe(http, Live, HealthStatus.Healthy, null)).AsPage();
        routes.Map(Ready, ReadyAsync).AsPage();
        return routes;
    }

    /// <summary>The reasons show internals, so only this machine and <see cref="MetricsOptions.Allow"/> see them.</summary>
    private static async Task<IResult> ReadyAsync(HttpContext http, HealthCheckService checks, IOptions<MetricsOptions> metrics)
    {
        var report = await checks.CheckHealthAsync(http.RequestAborted);
        var entries = report.Entries.ToDictionary(entry => entry.Key, entry => (StatusOf(entry.Value), entry.Value));
        var status = entries.Values.Select(entry => entry.Item1).Append(HealthStatus.Healthy).Min();
        return Describe(http, Ready, status, metrics.Value.Allows(http.Connection.RemoteIpAddress) ? entries : null);
    }

    /// <summary>What a check says counts as unhealthy only where no reader could be served without it.</summary>
    internal static HealthStatus StatusOf(HealthReportEntry entry) =>
        entry.Status is HealthStatus.Unhealthy && !entry.Tags.Contains(Serves) ? HealthStatus.Degraded : entry.Status;

    private static IResult Describe(
        HttpContext http, string address, HealthStatus status, Dictionary<string, (HealthStatus Status, HealthReportEntry Entry)>? entries)
    {
        if (CanonicalAddress.TryRedirect(http, address))
            return Results.Empty;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy.Nothing;
        var checks = entries?.ToDictionary(
            entry => entry.Key,
            entry => new
            {
                status = Word(entry.Value.Status),
                reason = entry.Value.Entry.Description,
                faults = entry.Value.Entry.Data.GetValueOrDefault("faults")
            });
        // Buffered, so that Content-Length is known, for HEAD too.
        return Results.Text(
            JsonSerializer.SerializeToUtf8Bytes<object>(
                checks is null ? new { status = Word(status) } : new { status = Word(status), checks }, Json),
            "application/json; charset=utf-8",
            status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
