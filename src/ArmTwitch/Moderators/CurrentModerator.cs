using System.Security.Claims;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace ArmTwitch.Moderators;

/// <summary>The moderator who is signed in, as the session says.</summary>
public sealed record CurrentModerator(Guid Id, string Name, string Email, ModeratorRole Role)
{
    /// <inheritdoc cref="ModeratorSession.Hash"/>
    public byte[]? Session { get; init; }

    /// <summary>Whoever uses an open screen.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static async Task<CurrentModerator> OfAsync(AuthenticationStateProvider session) =>
        From((await session.GetAuthenticationStateAsync()).User) ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <returns>Null when nobody is signed in.</returns>
    public static CurrentModerator? From(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated is true
        && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && ModeratorPolicies.RoleNamed(principal.FindFirstValue(ClaimTypes.Role)) is { } role
            ? new CurrentModerator(
                id, principal.FindFirstValue(ModeratorClaimsFactory.DisplayName) ?? "", principal.FindFirstValue(ClaimTypes.Email) ?? "",
                role)
            {
                Session = SessionStore.HashOf(principal)
            }
            : null;
}
