using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Operations;

/// <summary>What every answer says to the browser for the reader's protection. The Content-Security-Policy comes with each page.</summary>
internal static class SecurityHeaders
{
    private static readonly (string Name, StringValues Value)[] Always =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    /// <summary>
    /// A year of https only (RFC 6797). It is sent whatever the scheme, because behind a proxy the program sees plain http, and a
    /// browser that sees plain http has to ignore it.
    /// </summary>
    private static readonly StringValues HttpsOnly = "max-age=31536000; includeSubDomains";

    public static IApplicationBuilder UseSecurityHeaders(this WebApplication app)
    {
        var httpsOnly = !app.Environment.IsDevelopment();
        return app.Use(next => http =>
        {
            var headers = http.Response.Headers;
            foreach (var (name, value) in Always)
                headers[name] = value;
            if (httpsOnly)
                headers.StrictTransportSecurity = HttpsOnly;
            return next(http);
        });
    }
}
