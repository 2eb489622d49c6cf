using System.Globalization;
using System.Security.Claims;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>Whoever is signed in, as the session says. A circuit and a cookie learn of a change within a minute.</summary>
public sealed record SignedIn(Guid Id, string Name, string Email, ModeratorRole Role)
{
    /// <returns>Null when nobody is signed in.</returns>
    public static SignedIn? From(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated is true
        && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && Policies.RoleNamed(principal.FindFirstValue(ClaimTypes.Role)) is { } role
            ? new SignedIn(id, principal.FindFirstValue(ModeratorClaims.DisplayName) ?? "", principal.FindFirstValue(ClaimTypes.Email) ?? "", role)
            : null;
}

/// <summary>Puts the role and the name that colleagues see into the session.</summary>
internal sealed class ModeratorClaims(UserManager<Moderator> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Moderator>(users, options)
{
    public const string DisplayName = "display_name";

    /// <summary>When the session began, in seconds since 1970. It outlives every renewal of the cookie.</summary>
    public const string SignedInAt = "signed_in_at";

    public static DateTimeOffset? BeginningOf(ClaimsPrincipal? principal) =>
        long.TryParse(principal?.FindFirstValue(SignedInAt), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static void Begin(ClaimsPrincipal? principal, string seconds)
    {
        if (principal?.Identity is ClaimsIdentity identity && !identity.HasClaim(claim => claim.Type is SignedInAt))
            identity.AddClaim(new Claim(SignedInAt, seconds));
    }

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Moderator user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.Role, Policies.NameOf(user.Role)));
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        return identity;
    }
}
