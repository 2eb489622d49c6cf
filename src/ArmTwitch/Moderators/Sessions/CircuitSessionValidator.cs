using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>A screen outlives the request that opened it. It is asked again and again whether its owner may still sit there.</summary>
internal sealed class CircuitSessionValidator(SessionStore sessions, ILoggerFactory loggers)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(3);

    /// <summary>Asks now. A screen whose session is over shows nothing more and leaves for the sign-in.</summary>
    /// <returns>Whether the session goes on.</returns>
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
