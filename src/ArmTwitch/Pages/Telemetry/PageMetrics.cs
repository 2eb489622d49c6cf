using System.Diagnostics.Metrics;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.Features;

namespace ArmTwitch.Pages.Telemetry;

/// <summary>What is measured of the page store.</summary>
internal static class PageMetrics
{
    private static readonly Counter<long> Hits = SiteTelemetry.Meter.CreateCounter<long>(
        "armtwitch.pages.hits", "{request}", "Requests that were answered with a stored page.");

    /// <summary>How long the rendering of a page takes, by its component.</summary>
    public static readonly Histogram<double> Renders = SiteTelemetry.Meter.CreateHistogram<double>(
        "armtwitch.pages.render.duration", "s", "How long a page takes to be rendered.");

    /// <summary>Counts the request, and tells ASP.NET's own metric the route, which a stored page does not pass.</summary>
    public static void RecordHit(HttpContext http, StoredPage page)
    {
        if (!Hits.Enabled)
            return;
        Hits.Add(1);
        if (page.Route is { } route && http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            metrics.Tags.Add(new("http.route", route));
    }
}
