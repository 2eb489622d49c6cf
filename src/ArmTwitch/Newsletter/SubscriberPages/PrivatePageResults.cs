using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Newsletter.SubscriberPages;

/// <summary>
/// Pages with a secret in their address, or about one person: they are not cached, not indexed by search engines, and their address is
/// not passed on to links.
/// </summary>
internal sealed class PrivatePageResults(ReaderPageResults pages)
{
    /// <param name="address">The canonical path.</param>
    public PrivatePageResult Show<TPage, TModel>(HttpContext http, string address, TModel model, int status = StatusCodes.Status200OK)
        where TPage : ReaderPage<TModel>
    {
        // A token can be any text; a header takes ASCII only.
        address = new PathString(address).ToUriComponent();
        if (CanonicalAddress.IsNotCanonical(http, address)
            && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            return new(Results.Redirect(address + http.Request.QueryString, permanent: true));
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return new(pages.NoStore<TPage, TModel>(model, status));
    }
}

/// <summary>The page, or a redirect to its canonical path.</summary>
internal sealed class PrivatePageResult(IResult answer) : IResult, INestedHttpResult
{
    public IResult Result => answer;

    public Task ExecuteAsync(HttpContext httpContext) => answer.ExecuteAsync(httpContext);
}
