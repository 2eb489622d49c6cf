using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Newsletter.SubscriberPages;

/// <summary>
/// Pages whose address holds a secret, or that are about one person: no cache keeps them, no search engine lists them, no link gives them
/// away.
/// </summary>
internal sealed class PrivatePageResults(ReaderPageResults pages)
{
    /// <param name="address">The one spelling of the path.</param>
    public IResult Show<TPage, TModel>(HttpContext http, string address, TModel model, int status = StatusCodes.Status200OK)
        where TPage : ReaderPage<TModel>
    {
        // A token is whatever somebody put there, and not everything may stand in a header as it is.
        address = new PathString(address).ToUriComponent();
        if (CanonicalAddress.IsNotCanonical(http, address)
            && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            return Results.Redirect(address + http.Request.QueryString, permanent: true);
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return pages.NoStore<TPage, TModel>(model, status);
    }
}
