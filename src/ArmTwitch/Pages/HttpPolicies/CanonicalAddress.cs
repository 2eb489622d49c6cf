using Microsoft.AspNetCore.Http.Features;

namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>Every page has one address; other spellings of it redirect there.</summary>
internal static class CanonicalAddress
{
    /// <summary>
    /// Whether the request is to be redirected because it spelled the path otherwise: capitals, a slash at the end, needless escapes. A
    /// form never is: a browser would follow without what was typed.
    /// </summary>
    public static bool IsNotCanonical(HttpContext http, string address)
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
