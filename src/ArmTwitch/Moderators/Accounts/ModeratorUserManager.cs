using ArmTwitch.Data;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>
/// Identity's own lockout is off: it locks the account for everybody, so a stranger who types wrong codes would lock the owner out.
/// <see cref="PasswordAttemptLimiter"/> and <see cref="SecondFactorLimiter"/> limit attempts instead.
/// </summary>
internal sealed class ModeratorUserManager(
    IUserStore<Moderator> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<Moderator> hasher,
    IEnumerable<IUserValidator<Moderator>> userValidators,
    IEnumerable<IPasswordValidator<Moderator>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<ModeratorUserManager> logger)
    : UserManager<Moderator>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    public override bool SupportsUserLockout => false;
}
