using System.Security.Claims;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>Counts the screens that are open, so that they stay bounded.</summary>
internal sealed class CircuitCount(IOptions<ModeratorsOptions> options) : CircuitHandler
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

/// <summary>Cuts off a connection that outlives its session: a browser of ours has left for the sign-in by then.</summary>
internal sealed class ConnectionLife(IOptions<ModeratorsOptions> options, TimeProvider clock) : IHubFilter
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;
        var left = ModeratorClaims.BeginningOf(connection.User) + TimeSpan.FromHours(options.Value.SessionHours) + Grace - clock.GetUtcNow();
        var end = clock.CreateTimer(_ => connection.Abort(), null, left > TimeSpan.Zero ? left.Value : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        connection.ConnectionAborted.Register(end.Dispose);
        return next(context);
    }
}

/// <summary>A screen outlives the request that opened it. It is asked again and again whether its owner may still sit there.</summary>
internal sealed class CircuitSession(
    IDbContextFactory<ArmTwitchDb> databases, SignsOfLife signs, IOptions<ModeratorsOptions> options, IOptions<IdentityOptions> identity, TimeProvider clock, ILoggerFactory loggers)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly DateTimeOffset openedAt = clock.GetUtcNow();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var session = authenticationState.User;
        if (!signs.IsAlive(session, openedAt)
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
