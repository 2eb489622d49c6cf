using System.Text.Encodings.Web;
using System.Text.Json;
using ArmTwitch.Articles;
using ArmTwitch.Pages;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Operations;

/// <summary>Whether the process lives, and whether it is fit to serve.</summary>
internal static class HealthEndpoints
{
    private const string Live = "/health/live", Ready = "/health/ready";

    /// <summary>People read this too, and a quotation mark says more than \u0022.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.Map(Live, (HttpContext http) => Answer(http, Live, new HealthReport(new Dictionary<string, HealthReportEntry>(), TimeSpan.Zero))).AsPage();
        routes.Map(Ready, async (HttpContext http, HealthCheckService checks) => Answer(http, Ready, await checks.CheckHealthAsync(http.RequestAborted))).AsPage();
        return routes;
    }

    private static IResult Answer(HttpContext http, string address, HealthReport report)
    {
        if (AddressSpelling.IsOther(http, address))
            return Results.Redirect(address, permanent: true);
        http.Response.Headers.CacheControl = "no-store";
        var body = new
        {
            status = Word(report.Status),
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { status = Word(entry.Value.Status), reason = entry.Value.Description, faults = entry.Value.Data.GetValueOrDefault("faults") }),
        };
        // Bytes have a length, which HEAD then tells too; JSON that is written as it comes has none.
        return Results.Text(
            JsonSerializer.SerializeToUtf8Bytes(body, Json),
            "application/json; charset=utf-8",
            report.Status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

/// <summary>A broken article is worth a look tomorrow; a content folder that cannot be read and gave nothing yet is an outage.</summary>
internal sealed class ContentHealth(ArticleLibrary library) : IHealthCheck
{
    private const int MaxFaults = 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var content = library.Now;
        if (library.Unreadable is not null)
        {
            return content.Latest.Count > 0
                ? HealthCheckResult.Degraded("The content folder cannot be read; the last version is served.")
                : HealthCheckResult.Unhealthy("The content folder cannot be read, and there is no version to serve.");
        }

        if (content.Latest.Count is 0 && content.Faults.Count is 0)
            return HealthCheckResult.Degraded("There is no article.");
        var articles = Counted.Of(content.Latest.Count, "article");
        if (content.Faults.Count is 0)
            return HealthCheckResult.Healthy(articles);
        var faults = content.Faults.Take(MaxFaults).Select(fault => fault.ToString()).ToList();
        return HealthCheckResult.Degraded($"{articles}, {Counted.Of(content.Faults.Count, "fault")}", data: new Dictionary<string, object> { ["faults"] = faults });
    }
}
