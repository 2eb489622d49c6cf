using System.Security.Claims;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>Counts the screens that are open, so that they stay bounded.</summary>
internal sealed class CircuitCount(IOptions<ModeratorsOptions> options)
{
    private int open;

    public bool IsFull => Volatile.Read(ref open) >= options.Value.Circuits;

    public void Opened() => Interlocked.Increment(ref open);

    public void Closed() => Interlocked.Decrement(ref open);

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

/// <summary>Notes when the person in front of one screen last did something.</summary>
internal sealed class CircuitActivity(CircuitCount count, TimeProvider clock) : CircuitHandler
{
    private long lastTicks = clock.GetUtcNow().UtcTicks;

    public DateTimeOffset LastAt => new(Volatile.Read(ref lastTicks), TimeSpan.Zero);

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        count.Opened();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        count.Closed();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        Volatile.Write(ref lastTicks, clock.GetUtcNow().UtcTicks);
        return next(context);
    };
}

/// <summary>A screen outlives the request that opened it. Each minute it is asked whether its owner may still sit there.</summary>
internal sealed class CircuitSession(
    IDbContextFactory<ArmTwitchDb> databases, CircuitActivity activity, IOptions<ModeratorsOptions> options, IOptions<IdentityOptions> identity, TimeProvider clock, ILoggerFactory loggers)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var session = authenticationState.User;
        if (now - activity.LastAt >= TimeSpan.FromMinutes(options.Value.IdleMinutes)
            || !(now - ModeratorClaims.BeginningOf(session) < TimeSpan.FromHours(options.Value.SessionHours))
            || SignedIn.From(session) is not { } signedIn)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var stamp = await db.Users.Where(moderator => moderator.Id == signedIn.Id).Select(moderator => moderator.SecurityStamp).SingleOrDefaultAsync(cancellationToken);
        return stamp is not null && stamp == session.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
    }
}
