using System.Text.Encodings.Web;
using System.Text.Json;
using ArmTwitch.Pages;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Hosting;

/// <summary>Whether the process lives, and whether it is fit to serve.</summary>
internal static class HealthEndpoints
{
    /// <summary>The tag of a check without which no reader could be served. Whatever else is away, reading goes on.</summary>
    public const string Serves = "serves";

    private const string Live = "/health/live", Ready = "/health/ready";

    /// <summary>People read this too, and a quotation mark says more than \u0022.</summary>
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.Map(Live, (HttpContext http) => Describe(http, Live, HealthStatus.Healthy, null)).AsPage();
        routes.Map(Ready, ReadyAsync).AsPage();
        return routes;
    }

    /// <summary>Reasons tell how the site is built and what ails it, so they are not for everybody.</summary>
    private static async Task<IResult> ReadyAsync(HttpContext http, HealthCheckService checks, IOptions<MetricsOptions> metrics)
    {
        var report = await checks.CheckHealthAsync(http.RequestAborted);
        var entries = report.Entries.ToDictionary(entry => entry.Key, entry => (StatusOf(entry.Value), entry.Value));
        var status = entries.Values.Select(entry => entry.Item1).Append(HealthStatus.Healthy).Min();
        return Describe(http, Ready, status, metrics.Value.Allows(http.Connection.RemoteIpAddress) ? entries : null);
    }

    private static HealthStatus StatusOf(HealthReportEntry entry) =>
        entry.Status is HealthStatus.Unhealthy && !entry.Tags.Contains(Serves) ? HealthStatus.Degraded : entry.Status;

    private static IResult Describe(
        HttpContext http, string address, HealthStatus status, Dictionary<string, (HealthStatus Status, HealthReportEntry Entry)>? entries)
    {
        if (CanonicalAddress.IsNotCanonical(http, address))
            return Results.Redirect(address, permanent: true);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = PageKind.Nothing;
        var checks = entries?.ToDictionary(
            entry => entry.Key,
            entry => new
            {
                status = Word(entry.Value.Status),
                reason = entry.Value.Entry.Description,
                faults = entry.Value.Entry.Data.GetValueOrDefault("faults")
            });
        // Bytes have a length, which HEAD then tells too; JSON that is written as it comes has none.
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
