using ArmTwitch.Data;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>Registers ASP.NET Core Identity with the rules for passwords, codes and passkeys.</summary>
internal static class IdentityConfiguration
{
    public static void AddModeratorIdentity(this IServiceCollection services)
    {
        services.AddIdentityCore<Moderator>().AddEntityFrameworkStores<ArmTwitchDb>()
            .AddUserManager<ModeratorUserManager>().AddSignInManager<SignInService>().AddClaimsPrincipalFactory<ModeratorClaimsFactory>();
        // For PBKDF2 with HMAC-SHA512 (OWASP ASVS 5.0, appendix C). Hashes of before keep their own number.
        services.AddOptions<PasswordHasherOptions>().Configure(hasher => hasher.IterationCount = 210_000);
        services.AddOptions<IdentityOptions>().Configure(identity =>
        {
            // Length makes a password hard to guess; rules about its characters make it hard to remember (NIST SP 800-63B, 3.1.1.2).
            identity.Password = new()
            {
                RequiredLength = AccountFieldRules.ShortestPassword,
                RequiredUniqueChars = 1,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false
            };
            identity.Tokens.ProviderMap[TokenOptions.DefaultAuthenticatorProvider] = new TokenProviderDescriptor(typeof(TotpAuthenticator));
            identity.User = new() { RequireUniqueEmail = true, AllowedUserNameCharacters = "" };
        });
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SiteOptions>, Site>((passkeys, options, site) =>
        {
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            if (options.Value.BaseUrl.Length is 0)
                return;
            passkeys.ServerDomain = new Uri(site.Origin).Host;
            passkeys.ValidateOrigin = claimed => ValueTask.FromResult(!claimed.CrossOrigin && claimed.Origin == site.Origin);
        });
    }
}
