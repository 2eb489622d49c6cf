using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Moderators.Layout;

/// <summary>
/// Outside Development the cookies of moderation are for https only. Nobody could sign in over plain http, so a page says what is
/// missing.
/// </summary>
internal sealed class HttpsRequiredMiddleware(IHostEnvironment environment, PageRenderer renderer, Site site)
{
    public async Task RefuseAsync(HttpContext http, RequestDelegate next)
    {
        if (environment.IsDevelopment() || http.Request.IsHttps || ModerationAssets.IsAsset(http.Request.Path))
        {
            await next(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "text/html; charset=utf-8";
        var page = await renderer.RenderAsync<HttpsRequiredPage, HttpsRequiredPageModel>(new(site.Name, site.Absolute("/moderation")));
        http.Response.ContentLength = page.Length;
        await http.Response.BodyWriter.WriteAsync(page, http.RequestAborted);
    }
}

/// <param name="Address">The https address of moderation.</param>
public sealed record HttpsRequiredPageModel(string SiteName, string Address);
