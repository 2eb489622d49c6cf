namespace ArmTwitch.Pages;

/// <summary>
/// Tells a form that was sent from another site, without a cookie: by <c>Sec-Fetch-Site</c> (Fetch Metadata Request Headers) or,
/// from a browser that does not send it, by <c>Origin</c> (RFC 6454). A request with neither comes from no browser.
/// </summary>
public sealed class CrossSiteGuard(Site site)
{
    public bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } fetchSite)
            return fetchSite.ToString() is not ("same-origin" or "none");
        return request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin.ToString(), request);
    }

    private bool IsOwn(string origin, HttpRequest request) =>
        string.Equals(origin, site.Origin, StringComparison.OrdinalIgnoreCase)
        || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
