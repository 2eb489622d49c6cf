using System.Security.Claims;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;

namespace ArmTwitch.Moderators;

/// <summary>The moderator who is signed in, as the session says.</summary>
public sealed record CurrentModerator(Guid Id, string Name, string Email, ModeratorRole Role)
{
    /// <inheritdoc cref="ModeratorSession.Hash"/>
    public byte[]? Session { get; init; }

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
