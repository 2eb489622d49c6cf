using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>The security headers of every response but the Content-Security-Policy, which depends on the page (<see cref="Store.PageKind"/>).</summary>
internal sealed class SecurityHeaders(IHostEnvironment environment, IOptions<SiteOptions> site)
{
    private readonly (string Name, StringValues Value)[] headers =
    [
        ("X-Content-Type-Options", "nosniff"),
        // With no-referrer a browser would send forms with "Origin: null"; other sites must not learn what was read.
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        .. environment.IsDevelopment() || site.Value.HstsDays is 0 ? [] : new[] { HttpsOnly(site.Value) },
    ];

    /// <summary>
    /// Strict-Transport-Security (RFC 6797). It is sent over http too: behind a proxy the program sees plain http, and browsers ignore the
    /// header over plain http.
    /// </summary>
    private static (string, StringValues) HttpsOnly(SiteOptions site) =>
        (
            "Strict-Transport-Security",
            $"max-age={(int)TimeSpan.FromDays(site.HstsDays).TotalSeconds}{(site.HstsIncludeSubDomains ? "; includeSubDomains" : "")}");

    public void Apply(IHeaderDictionary response)
    {
        foreach (var (name, value) in headers)
            response[name] = value;
    }
}
