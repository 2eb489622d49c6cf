using System.Security.Claims;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.SigningIn;

/// <summary>Adds the role and the display name to the claims of the cookie.</summary>
internal sealed class ModeratorClaimsFactory(UserManager<Moderator> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Moderator>(users, options)
{
    public const string DisplayName = "display_name";

    /// <summary>The claim with the secret of the session.</summary>
    public const string Session = "session";

    /// <summary>Updates the claims of an older cookie with the role and name of the account now.</summary>
    public static void UpdatePrincipal(ClaimsPrincipal principal, SessionState state)
    {
        Set(ClaimTypes.Role, ModeratorPolicies.NameOf(state.Role));
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
        identity.AddClaim(new Claim(ClaimTypes.Role, ModeratorPolicies.NameOf(user.Role)));
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        return identity;
    }
}
