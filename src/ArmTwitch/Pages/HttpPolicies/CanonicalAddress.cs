using Microsoft.AspNetCore.Http.Features;

namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>Every page has one address; other spellings of it redirect there.</summary>
internal static class CanonicalAddress
{
    /// <summary>
    /// Redirects a request that spelled the path otherwise: capitals, a slash at the end, needless escapes. A form is never redirected: a
    /// browser would follow without what was typed.
    /// </summary>
    /// <param name="address">The one address. What stands behind its question mark is sent on and not compared.</param>
    /// <param name="query">More to send on.</param>
    /// <returns>Whether that was the answer, and nothing else is to be sent.</returns>
    public static bool TryRedirect(HttpContext http, string address, QueryString query = default)
    {
        if (!IsSpelledOtherwise(http, address))
            return false;
        http.Response.Redirect(address + query, permanent: true);
        return true;
    }

    private static bool IsSpelledOtherwise(HttpContext http, string address)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            return false;
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var spelled = string.IsNullOrEmpty(target) || target[0] != '/' ? http.Request.Path.Value.AsSpan() : PathOf(target);
        return !spelled.SequenceEqual(PathOf(address));
    }

    private static ReadOnlySpan<char> PathOf(string target) =>
        target.AsSpan() is var all && all.IndexOf('?') is >= 0 and var query ? all[..query] : all;
}
