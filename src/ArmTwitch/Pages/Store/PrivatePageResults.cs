using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;

namespace ArmTwitch.Pages.Store;

/// <summary>
/// Pages with a secret in their address, or about one person: neither they nor a redirect to them are cached or indexed by search
/// engines, and their address is not passed on to links of other sites.
/// </summary>
internal sealed class PrivatePageResults(ReaderPageResults pages)
{
    /// <param name="address">The canonical path, to which a GET of another spelling is redirected.</param>
    public PageResult Show<TPage, TModel>(string address, TModel model, int status = StatusCodes.Status200OK)
        where TPage : ReaderPage<TModel>
    {
        // A token can be any text; a header takes ASCII only.
        address = new PathString(address).ToUriComponent();
        var page = pages.NoStore<TPage, TModel>(model, status);
        return new PageResult(status, async http =>
        {
            // For a redirect too: its Location has the secret.
            http.Response.Headers.CacheControl = "no-store";
            if (!CanonicalAddress.TryRedirect(http, address, http.Request.QueryString))
                await page.ExecuteAsync(http);
        }).NotIndexed();
    }
}
