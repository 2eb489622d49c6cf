using ArmTwitch.Moderators.Layout;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace ArmTwitch.Moderators;

/// <summary>The middleware of the moderation pages.</summary>
public static class ModerationPipeline
{
    /// <summary>The script of Blazor: it is the same for everybody, may be cached, and needs no sign-in.</summary>
    private static readonly PathString Script = "/_framework";

    /// <summary>The prefixes of the addresses that only moderators use.</summary>
    private static readonly PathString[] Roots = ["/moderation", "/_blazor", Script];

    private const int MaxFormBytes = 64 * 1024;

    /// <summary>
    /// Branches to a pipeline with own routes for the moderation pages, their circuits and the script of Blazor. It has authentication,
    /// authorization and antiforgery; readers' pages have no use for them and stay free of cookies. The first request of a moderator
    /// builds it, so that it does not delay the start.
    /// </summary>
    /// <param name="map">Adds the routes; each must begin with one of <see cref="Roots"/>.</param>
    public static IApplicationBuilder UseModerators(this WebApplication app, Action<IEndpointRouteBuilder> map)
    {
        // Without these two entries the host would add authentication and authorization before everything else, for every reader.
        foreach (var entry in (string[])["__AuthenticationMiddlewareSet", "__AuthorizationMiddlewareSet"])
            ((IApplicationBuilder)app).Properties[entry] = true;
        return app.Use(readers =>
        {
            var moderators = new Lazy<RequestDelegate>(() =>
            {
                var screens = ((IApplicationBuilder)app).New();
                var circuits = app.Services.GetRequiredService<CircuitLimiter>();
                var watcher = app.Services.GetRequiredService<SessionEndWatcher>();
                var https = app.Services.GetRequiredService<HttpsRequiredMiddleware>();
                screens.Use(AnswerHeadAsync).UseRouting();
                screens.UseWhen(
                    http => !http.Request.Path.StartsWithSegments(Script),
                    guarded => guarded.Use(SetHeadersAsync).Use(https.RefuseAsync).Use(RefuseForeignAsync)
                        .Use(circuits.RefuseForeignAsync).UseAuthentication().UseAuthorization()
                        .Use(watcher.WatchAsync).Use(circuits.RefuseWhenFullAsync)
                        .Use(RefuseMalformedAsync).UseAntiforgery().Use(RefuseForgedAsync));
                return screens.UseEndpoints(map).Build();
            });
            return http => Roots.Any(root => http.Request.Path.StartsWithSegments(root)) ? moderators.Value(http) : readers(http);
        });
    }

    /// <summary>Answers HEAD as GET without the body (RFC 9110, 9.3.2). Pages and downloads handle only GET.</summary>
    private static async Task AnswerHeadAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        (http.Request.Method, http.Response.Body) = (HttpMethods.Get, Stream.Null);
        try
        {
            await next(http);
        }
        finally
        {
            (http.Request.Method, http.Response.Body) = (HttpMethods.Head, body);
        }
    }

    /// <summary>
    /// Refuses requests of other sites, in addition to antiforgery, because a cookie authorizes them. Also refuses a host that makes no
    /// valid address, because the pages are made for it.
    /// </summary>
    private static Task RefuseForeignAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!Uri.TryCreate($"{request.Scheme}://{request.Host}/", UriKind.Absolute, out _))
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        else if (!isSafe && http.RequestServices.GetRequiredService<CrossSiteGuard>().IsCrossSite(request))
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            return next(http);
        return Task.CompletedTask;
    }

    /// <summary>Reads the form before antiforgery, which would throw if it could not be read. It is read only once.</summary>
    private static async Task RefuseMalformedAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            if (http.Request.HasFormContentType)
                await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception malformed) when (PostedForm.IsMalformed(malformed))
        {
            http.Response.StatusCode = PostedForm.StatusOf(malformed);
            return;
        }

        await next(http);
    }

    /// <summary>Answers a form without a valid antiforgery token. An endpoint that reads it would throw.</summary>
    private static Task RefuseForgedAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } forged)
            return next(http);
        http.Response.StatusCode = (forged.Error?.InnerException as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static Task SetHeadersAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        // With only one of the two, antiforgery would log that it has to add the other.
        headers.CacheControl = "no-cache, no-store";
        headers["X-Robots-Tag"] = "noindex";
        // The link of an invitation contains a secret.
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = ContentSecurityPolicy.ModerationScreens;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxFormBytes;
        return next(http);
    }
}
