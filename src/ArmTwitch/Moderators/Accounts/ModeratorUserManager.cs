using ArmTwitch.Data;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>
/// Identity's own lock is off: it holds for everybody, so whoever types wrong codes would keep the owner out. What is tried is bounded
/// by <see cref="PasswordAttemptLimiter"/> and <see cref="SecondFactorLimiter"/>.
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
