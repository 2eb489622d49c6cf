using System.Security.Claims;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>Counts the screens that are open, so that they stay bounded.</summary>
internal sealed class CircuitCount(IOptions<ModeratorsOptions> options, CrossSiteGuard guard) : CircuitHandler
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

    /// <summary>Another site could open a connection with the cookie of whoever visits it: antiforgery looks at forms only (RFC 6455, 10.2).</summary>
    public Task RefuseForeignAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/_blazor") || !guard.IsForeign(http.Request))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Turns away whoever would open one more. Those who are in go on: their requests name their connection.</summary>
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

/// <summary>A screen outlives the request that opened it. It is asked again and again whether its owner may still sit there.</summary>
internal sealed class CircuitSession(SessionStore sessions, ILoggerFactory loggers) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(3);

    /// <summary>Asks now. A screen whose session is over shows nothing more and leaves for the sign-in.</summary>
    /// <returns>Whether the session goes on.</returns>
    public async Task<bool> StaysAsync()
    {
        if (await sessions.IsAliveAsync(SessionStore.HashOf((await GetAuthenticationStateAsync()).User)))
            return true;
        SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        return false;
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.IsAliveAsync(SessionStore.HashOf(authenticationState.User), cancellationToken);
}

/// <summary>Asks before every act of a screen, whatever it is, and lets none of a session through that is over.</summary>
internal sealed class CircuitGuard(AuthenticationStateProvider session) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (session is not CircuitSession circuit || await circuit.StaysAsync())
            await next(context);
    };
}
