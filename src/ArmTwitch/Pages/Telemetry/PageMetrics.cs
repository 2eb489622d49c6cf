using System.Diagnostics;
using System.Diagnostics.Metrics;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.Features;

namespace ArmTwitch.Pages.Telemetry;

/// <summary>What is measured of the page store.</summary>
internal static class PageMetrics
{
    /// <summary>The label of the route's pattern, as OpenTelemetry names it.</summary>
    public const string RouteTag = "http.route";

    private static readonly Counter<long> Hits = SiteTelemetry.Meter.CreateCounter<long>(
        "armtwitch.pages.hits", "{request}", "Requests that were answered with a stored page.");

    /// <summary>How long the rendering of a page takes, by its component.</summary>
    public static readonly Histogram<double> Renders = SiteTelemetry.Durations(
        "armtwitch.pages.render.duration", "How long a page takes to be rendered.");

    /// <summary>Counts the request, and gives metric and trace of ASP.NET the route, which a stored page does not pass.</summary>
    public static void RecordHit(HttpContext http, StoredPage page)
    {
        Hits.Add(1);
        if (page.Route is not { } route)
            return;
        Activity.Current?.SetTag(RouteTag, route);
        if (Hits.Enabled && http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            metrics.Tags.Add(new(RouteTag, route));
    }
}
