namespace ArmTwitch.Pages.Forms;

/// <summary>
/// Detects a form sent from another site, without a cookie: by <c>Sec-Fetch-Site</c> (Fetch Metadata Request Headers) or,
/// without that header, by <c>Origin</c> (RFC 6454). A request with neither does not come from a browser.
/// </summary>
public sealed class CrossSiteGuard(Site site)
{
    /// <summary>The Origin of a page with <c>Referrer-Policy: no-referrer</c> (Fetch, 3.2).</summary>
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

    /// <summary>Compares hosts only: a proxy that terminates TLS may not forward the scheme.</summary>
    private bool IsSameOrigin(string origin, HttpRequest request) =>
        string.Equals(origin, site.Origin, StringComparison.OrdinalIgnoreCase)
        || string.Equals(origin, $"https://{request.Host}", StringComparison.OrdinalIgnoreCase)
        || string.Equals(origin, $"http://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
