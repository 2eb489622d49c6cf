using System.Security.Claims;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>Whoever is signed in, as the session says.</summary>
public sealed record SignedIn(Guid Id, string Name, string Email, ModeratorRole Role)
{
    /// <summary>Which session it is; see <see cref="ModeratorSession.Hash"/>.</summary>
    public byte[]? Session { get; init; }

    /// <returns>Null when nobody is signed in.</returns>
    public static SignedIn? From(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated is true
        && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && Policies.RoleNamed(principal.FindFirstValue(ClaimTypes.Role)) is { } role
            ? new SignedIn(id, principal.FindFirstValue(ModeratorClaims.DisplayName) ?? "", principal.FindFirstValue(ClaimTypes.Email) ?? "", role) { Session = SessionStore.HashOf(principal) }
            : null;
}

/// <summary>Puts the role and the name that colleagues see into the session.</summary>
internal sealed class ModeratorClaims(UserManager<Moderator> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Moderator>(users, options)
{
    public const string DisplayName = "display_name";

    /// <summary>The secret of the session.</summary>
    public const string Session = "session";

    /// <summary>Has the principal of an older cookie say what the account is now.</summary>
    public static void Follow(ClaimsPrincipal principal, SessionState state)
    {
        Set(ClaimTypes.Role, Policies.NameOf(state.Role));
        Set(DisplayName, state.Name);

        void Set(string type, string value)
        {
            if (principal.Identity is not ClaimsIdentity identity || identity.HasClaim(type, value))
                return;
            foreach (var old in identity.FindAll(type).ToList())
                identity.RemoveClaim(old);
            identity.AddClaim(new Claim(type, value));
        }
    }

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Moderator user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.Role, Policies.NameOf(user.Role)));
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        return identity;
    }
}
