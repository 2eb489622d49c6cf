using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Pages;

/// <summary>What every answer says to the browser for the reader's protection. The Content-Security-Policy comes with each page.</summary>
internal sealed class SecurityHeaders(IHostEnvironment environment)
{
    private readonly (string Name, StringValues Value)[] headers =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        .. environment.IsDevelopment() ? [] : new[] { HttpsOnly },
    ];

    /// <summary>
    /// A year of https only (RFC 6797). It is sent whatever the scheme, because behind a proxy the program sees plain http, and a
    /// browser that sees plain http has to ignore it.
    /// </summary>
    private static (string, StringValues) HttpsOnly => ("Strict-Transport-Security", "max-age=31536000; includeSubDomains");

    public void Apply(IHeaderDictionary response)
    {
        foreach (var (name, value) in headers)
            response[name] = value;
    }
}
