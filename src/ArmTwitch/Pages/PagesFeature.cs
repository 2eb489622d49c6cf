using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace ArmTwitch.Pages;

public static class PagesFeature
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSettings<SiteOptions>("Site").Validate<IHostEnvironment>(
            (site, environment) => site.BaseUrl.Length > 0 || environment.IsDevelopment(),
            "Site:BaseUrl is \"\"; outside Development it must be the public address, such as https://armtwitch.example");
        services.AddSettings<PagesOptions>("Pages");
        services.AddSingleton<Site>().AddSingleton<PageStore>().AddSingleton<PageRenderer>()
            .AddSingleton<ReaderPageResults>().AddSingleton<PrivatePageResults>()
            .AddSingleton<ErrorPageMiddleware>().AddSingleton<SecurityHeaders>().AddSingleton<CrossSiteGuard>();
        services.AddHostedService<PageCompressionService>();
        return services;
    }

    /// <summary>Must come first in the pipeline: a stored page needs no routing.</summary>
    public static IApplicationBuilder UseFinishedPages(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IHostEnvironment>().IsDevelopment() && EmbeddedAssets.ReadFromProject())
        {
            var edits = new HotReloadHandler(app.ApplicationServices.GetRequiredService<PageStore>());
            app.Use(next => http =>
            {
                edits.DropPagesAfterEdit();
                return next(http);
            });
        }

        return app.UseMiddleware<PageStoreMiddleware>();
    }

    /// <summary>Treats <c>//topics</c> as <c>/topics</c>, whose page redirects to the canonical address.</summary>
    public static IApplicationBuilder UseOneSlash(this IApplicationBuilder app) => app.Use(next => http =>
    {
        var path = http.Request.Path.Value ?? "";
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        // The implicit conversion from a string would decode a second time and turn "%2500" into an escape.
        http.Request.Path = new PathString(path);
        return next(http);
    });

    /// <param name="codeOfOutage">
    /// The log's name for a failure of something the site depends on, such as the database; null for any other failure.
    /// </param>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app, Func<Exception, string?> codeOfOutage)
    {
        var errors = app.ApplicationServices.GetRequiredService<ErrorPageMiddleware>();
        return app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http => errors.WriteFailureAsync(http, codeOfOutage),
            StatusCodeSelector = failed => failed switch
            {
                BadHttpRequestException malformed => malformed.StatusCode,
                _ when codeOfOutage(failed) is not null => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        }).UseStatusCodePages(errors.WriteAsync).Use(CompleteAsync).Use(CarryChoiceAsync);
    }

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder routes)
    {
        routes.Map("/favicon.ico", (ReaderPageResults pages) => pages.File(
            "/favicon.ico", PageKind.Icon, [], SiteIcon.ToFavicon)).AsPage();
        routes.Map("/icon.svg", (ReaderPageResults pages) => pages.File(
            "/icon.svg", PageKind.Svg, [], SiteIcon.ToSvg)).AsPage();
        routes.Map("/fonts/{name}", Results<PageResult, NotFound> (HttpRequest request, ReaderPageResults pages) =>
            request.Path == HeadingFont.Address
                ? pages.File(HeadingFont.Address, PageKind.Woff2, [], HeadingFont.Bytes)
                : TypedResults.NotFound()).AsPage();
        return routes;
    }

    /// <summary>A page that has moved, or the right spelling of its address, is shown with the reader's choice too.</summary>
    private static async Task CarryChoiceAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (!http.Response.HasStarted && http.Response.Headers.Location is [{ } target] && OwnLinks.IsPage(target)
            && http.RequestServices.GetRequiredService<IReaderChoice>() is var choices && choices.Find(http.Request.Query) is { } choice
            && choices.Find(QueryOf(target)) is null)
            http.Response.Headers.Location = OwnLinks.Carry(target, choice);
    }

    private static QueryCollection QueryOf(string target) =>
        new(QueryHelpers.ParseQuery(
            target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? target[query..].Split('#')[0] : ""));

    /// <summary>Kestrel sets Content-Length: 0 on a redirect for GET by itself, but not for HEAD.</summary>
    private static async Task CompleteAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (HttpMethods.IsHead(http.Request.Method) && !http.Response.HasStarted && http.Response.Headers.Location.Count > 0)
            http.Response.ContentLength ??= 0;
    }

    /// <summary>
    /// Limits a handler, or every handler of a group, to GET and HEAD. The route takes every method, because only the handler knows whether
    /// the page exists: 404 comes before 405.
    /// </summary>
    public static TBuilder AsPage<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(ReadOnlyMethods.AnswerAsync);
}
