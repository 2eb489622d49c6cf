using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Pages.HttpPolicies;

/// <summary>What every answer says to the browser for the reader's protection. The Content-Security-Policy comes with each page.</summary>
internal sealed class SecurityHeaders(IHostEnvironment environment, IOptions<SiteOptions> site)
{
    private readonly (string Name, StringValues Value)[] headers =
    [
        ("X-Content-Type-Options", "nosniff"),
        // Every page holds a form. A browser that tells no site at all sends it with "Origin: null"; other sites need not know what was
        // read.
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        .. environment.IsDevelopment() || site.Value.HstsDays is 0 ? [] : new[] { HttpsOnly(site.Value) },
    ];

    /// <summary>
    /// Https only, for so many days (RFC 6797). It is sent whatever the scheme, because behind a proxy the program sees plain http, and a
    /// browser that sees plain http has to ignore it.
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
