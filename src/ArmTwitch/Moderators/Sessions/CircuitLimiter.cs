using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>Limits the number of open circuits.</summary>
internal sealed class CircuitLimiter(IOptions<ModeratorsOptions> options, CrossSiteGuard guard) : CircuitHandler
{
    private int open;

    private bool IsFull => Volatile.Read(ref open) >= options.Value.Circuits;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref open);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref open);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Refuses connections from other sites. A browser would send the cookie with them, and antiforgery checks only forms (RFC 6455, 10.2).
    /// </summary>
    public Task RefuseForeignAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/_blazor") || !guard.IsCrossSite(http.Request))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Refuses a new circuit beyond the limit. Requests of open circuits name their connection and pass.</summary>
    public Task RefuseWhenFullAsync(HttpContext http, RequestDelegate next)
    {
        var opens = http.Request.Path.StartsWithSegments("/_blazor", out var rest)
            && (rest.StartsWithSegments("/negotiate") || (!rest.HasValue && !http.Request.Query.ContainsKey("id")));
        if (!opens || !IsFull)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "60";
        return Task.CompletedTask;
    }
}
