using ArmTwitch.Pages;

namespace ArmTwitch.Newsletter;

/// <summary>Pages whose address holds a secret, or that are about one person: no cache keeps them, no search engine lists them, no link gives them away.</summary>
internal sealed class PrivatePages(ReaderPages pages)
{
    /// <param name="address">The one spelling of the path.</param>
    public IResult Show<TPage, TModel>(HttpContext http, string address, TModel model, int status = StatusCodes.Status200OK) where TPage : ReaderPage<TModel>
    {
        // A token is whatever somebody put there, and not everything may stand in a header as it is.
        address = new PathString(address).ToUriComponent();
        if (AddressSpelling.IsOther(http, address) && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            return Results.Redirect(address + http.Request.QueryString, permanent: true);
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return pages.Private<TPage, TModel>(model, status);
    }
}
