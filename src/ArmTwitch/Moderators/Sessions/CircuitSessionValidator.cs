using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>Checks every three seconds whether the session of a circuit goes on: a circuit outlives the request that opened it.</summary>
internal sealed class CircuitSessionValidator(SessionStore sessions, ILoggerFactory loggers)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(3);

    /// <summary>Checks now. A page whose session has ended shows nothing more and goes to the sign-in.</summary>
    public async Task<bool> IsValidAsync()
    {
        if (await sessions.IsAliveAsync(SessionStore.HashOf((await GetAuthenticationStateAsync()).User)))
            return true;
        SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        return false;
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.IsAliveAsync(SessionStore.HashOf(authenticationState.User), cancellationToken);
}
