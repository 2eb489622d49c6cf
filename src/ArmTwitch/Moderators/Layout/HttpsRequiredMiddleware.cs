using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Moderators.Layout;

/// <summary>
/// Outside Development the cookies of moderation are for https only. Over plain http nobody could sign in, so that a page says what is
/// missing instead.
/// </summary>
internal sealed class HttpsRequiredMiddleware(IHostEnvironment environment, PageRenderer renderer, Site site)
{
    public async Task RefuseAsync(HttpContext http, RequestDelegate next)
    {
        if (environment.IsDevelopment() || http.Request.IsHttps || ModerationAssets.Are(http.Request.Path))
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

/// <param name="Address">Where moderation is found over https.</param>
public sealed record HttpsRequiredPageModel(string SiteName, string Address);
