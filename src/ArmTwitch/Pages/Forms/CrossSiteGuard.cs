namespace ArmTwitch.Pages.Forms;

/// <summary>
/// Tells a form that was sent from another site, without a cookie: by <c>Sec-Fetch-Site</c> (Fetch Metadata Request Headers) or,
/// from a browser that does not send it, by <c>Origin</c> (RFC 6454). A request with neither comes from no browser.
/// </summary>
public sealed class CrossSiteGuard(Site site)
{
    /// <summary>What a browser sends as origin of a page whose referrer it must not tell (Fetch, 3.2).</summary>
    private const string Opaque = "null";

    public bool IsCrossSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } fetchSite)
            return fetchSite.ToString() is not ("same-origin" or "none");
        if (request.Headers.Origin is not { Count: > 0 } origins)
            return false;
        var origin = origins.ToString();
        return origin is Opaque ? !TokenAuthorizedEndpoint.IsAuthorizedByToken(request) : !IsSameOrigin(origin, request);
    }

    /// <summary>Whatever the scheme of the request: a proxy that ends TLS may not tell that it does.</summary>
    private bool IsSameOrigin(string origin, HttpRequest request) =>
        string.Equals(origin, site.Origin, StringComparison.OrdinalIgnoreCase)
        || string.Equals(origin, $"https://{request.Host}", StringComparison.OrdinalIgnoreCase)
        || string.Equals(origin, $"http://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
