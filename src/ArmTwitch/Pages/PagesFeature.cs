using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Pages;

public static class PagesFeature
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSettings<SiteOptions>("Site").Validate<IHostEnvironment>(
            (site, environment) => site.BaseUrl.Length > 0 || environment.IsDevelopment(),
            "Site:BaseUrl is \"\"; outside Development it must be the public address, such as https://armtwitch.example");
        services.AddSettings<PagesOptions>("Pages");
        services.AddSingleton<Site>().AddSingleton<PageStore>().AddSingleton<PageRenderer>().AddSingleton<ReaderPageResults>()
            .AddSingleton<ErrorPageMiddleware>().AddSingleton<SecurityHeaders>().AddSingleton<CrossSiteGuard>();
        services.AddHostedService<PageCompressionService>();
        return services;
    }

    /// <summary>Stands before everything else: a finished page needs neither routing nor anything behind it.</summary>
    public static IApplicationBuilder UseFinishedPages(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IHostEnvironment>().IsDevelopment() && EmbeddedAssets.ReadFromProject())
        {
            var edits = new HotReloadHandler(app.ApplicationServices.GetRequiredService<PageStore>());
            app.Use(next => http =>
            {
                edits.Look();
                return next(http);
            });
        }

        return app.UseMiddleware<PageStoreMiddleware>();
    }

    /// <summary>Reads <c>//topics</c> as <c>/topics</c>, which then sends the reader to the right spelling.</summary>
    public static IApplicationBuilder UseOneSlash(this IApplicationBuilder app) => app.Use(next => http =>
    {
        var path = http.Request.Path.Value ?? "";
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        // Not by assigning the text, which would be decoded a second time: what is left of "%2500" is no escape.
        http.Request.Path = new PathString(path);
        return next(http);
    });

    /// <param name="codeOfOutage">
    /// What a failure is called in the log when something that the site needs is away, as the database; null for any other.
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
        }).UseStatusCodePages(errors.WriteAsync).Use(CompleteAsync);
    }

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder routes)
    {
        routes.Map("/favicon.ico", (ReaderPageResults pages) => pages.File(
            "/favicon.ico", PageKind.Icon, [], SiteIcon.ToFavicon)).AsPage();
        routes.Map("/icon.svg", (ReaderPageResults pages) => pages.File(
            "/icon.svg", PageKind.Svg, [], SiteIcon.ToSvg)).AsPage();
        return routes;
    }

    /// <summary>The server says by itself that a redirect to GET has no body; HEAD has to be told the same.</summary>
    private static async Task CompleteAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (HttpMethods.IsHead(http.Request.Method) && !http.Response.HasStarted && http.Response.Headers.Location.Count > 0)
            http.Response.ContentLength ??= 0;
    }

    /// <summary>
    /// Has a handler, or all handlers of a group, answer GET and HEAD alike and refuse every other method. The handler runs whatever
    /// the method: only it knows whether there is a page, and without one the answer is 404 and not 405.
    /// </summary>
    public static TBuilder AsPage<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(ReadOnlyMethods.AnswerAsync);
}
