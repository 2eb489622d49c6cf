using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace ArmTwitch.Pages.Store;

/// <summary>Answers with stored pages, first in the pipeline.</summary>
internal sealed class PageStoreMiddleware(RequestDelegate next, PageStore store, SecurityHeaders security)
{
    private static readonly object DropsKey = new();

    public Task InvokeAsync(HttpContext http)
    {
        var method = http.Request.Method;
        if ((HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            && http.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target
            && store.Find(target) is { } page)
        {
            PageMetrics.RecordHit(http, page);
            if (page.MatchesETag(http.Request))
                return page.WriteNotModified(http.Response);
            security.Apply(http.Response.Headers);
            return page.WriteAsync(http);
        }

        security.Apply(http.Response.Headers);
        http.Items[DropsKey] = store.Drops;
        return next(http);
    }

    /// <summary><see cref="PageStore.Drops"/> when the request arrived.</summary>
    public static long DropsBefore(HttpContext http, PageStore store) => http.Items[DropsKey] as long? ?? store.Drops;
}
