using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>
/// Checks every three seconds, and when a replica says that a session has ended, whether the session of a circuit goes on: a circuit
/// outlives the request that opened it.
/// </summary>
internal sealed class CircuitSessionValidator : RevalidatingServerAuthenticationStateProvider
{
    private readonly SessionStore sessions;
    private readonly SessionChangeHandler changes;

    public CircuitSessionValidator(SessionStore sessions, SessionChangeHandler changes, ILoggerFactory loggers)
        : base(loggers)
    {
        (this.sessions, this.changes) = (sessions, changes);
        changes.Changed += CheckNow;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(3);

    /// <summary>Checks now. A page whose session has ended shows nothing more and goes to the sign-in.</summary>
    public async Task<bool> IsValidAsync()
    {
        if (await sessions.IsAliveAsync(SessionStore.HashOf((await GetAuthenticationStateAsync()).User)))
            return true;
        SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        return false;
    }

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.IsAliveAsync(SessionStore.HashOf(authenticationState.User), cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The program ends, and the circuit with it. This says nothing about the session.
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        changes.Changed -= CheckNow;
        base.Dispose(disposing);
    }

    /// <summary>Nobody awaits it: what fails here is checked again within three seconds.</summary>
    private void CheckNow(Guid? moderator) => _ = Task.Run(async () =>
    {
        var user = (await GetAuthenticationStateAsync()).User;
        if (moderator is null || CurrentModerator.From(user)?.Id == moderator)
            await IsValidAsync();
    });
}
