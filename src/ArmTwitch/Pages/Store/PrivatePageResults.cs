using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;

namespace ArmTwitch.Pages.Store;

/// <summary>
/// Pages with a secret in their address, or about one person: they are not cached, not indexed by search engines, and their address is
/// not passed on to links.
/// </summary>
internal sealed class PrivatePageResults(ReaderPageResults pages)
{
    /// <param name="address">The canonical path, to which a GET of another spelling is redirected.</param>
    public PageResult Show<TPage, TModel>(string address, TModel model, int status = StatusCodes.Status200OK)
        where TPage : ReaderPage<TModel>
    {
        // A token can be any text; a header takes ASCII only.
        address = new PathString(address).ToUriComponent();
        var page = pages.NoStore<TPage, TModel>(model, status).NotIndexed();
        return new PageResult(status, async http =>
        {
            if (CanonicalAddress.IsNotCanonical(http, address))
                http.Response.Redirect(address + http.Request.QueryString, permanent: true);
            else
                await page.ExecuteAsync(http);
        });
    }
}
