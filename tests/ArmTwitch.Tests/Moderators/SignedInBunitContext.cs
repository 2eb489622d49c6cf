using System.Security.Claims;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.SigningIn;
using Bunit;
using Bunit.TestDoubles;

namespace ArmTwitch.Tests.Moderators;

/// <summary>Signs a moderator in to the screens of a bUnit context.</summary>
internal static class SignedInBunitContext
{
    public static BunitAuthorizationContext SignIn(this BunitContext bunit, CurrentModerator who)
    {
        var session = bunit.AddAuthorization();
        session.SetAuthorized(who.Name).SetClaims(
            new Claim(ClaimTypes.NameIdentifier, who.Id.ToString()), new Claim(ClaimTypes.Role, ModeratorPolicies.NameOf(who.Role)),
            new Claim(ClaimTypes.Email, who.Email), new Claim(ModeratorClaimsFactory.DisplayName, who.Name));
        return session;
    }

    /// <summary>Signs somebody in who has no account.</summary>
    public static BunitAuthorizationContext SignIn(
        this BunitContext bunit, ModeratorRole role = ModeratorRole.Editor, string name = "Ada", string email = "ada@example.org") =>
        bunit.SignIn(new CurrentModerator(Guid.NewGuid(), name, email, role));
}
