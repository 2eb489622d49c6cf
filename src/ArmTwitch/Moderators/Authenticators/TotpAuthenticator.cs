using ArmTwitch.Data;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>
/// The six digits of an authenticator app (RFC 6238). Other than Identity's own check it asks the clock of the site, and takes a code
/// once, whichever replica it is shown to: who reads it over a shoulder comes too late (RFC 6238, 5.2).
/// </summary>
internal sealed class TotpAuthenticator(WriteTransactionFactory writing, TimeProvider clock) : IUserTwoFactorTokenProvider<Moderator>
{
    private const int StepsAside = 1, Digits = 6;

    /// <summary>The names under which Identity keeps the key.</summary>
    private const string KeyProvider = "[AspNetUserStore]", KeyName = "AuthenticatorKey";

    public Task<string> GenerateAsync(string purpose, UserManager<Moderator> manager, Moderator user) => Task.FromResult("");

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Moderator> manager, Moderator user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Moderator> manager, Moderator user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
        && StepOf(key, token) is { } step && await UseAsync(user.Id, step);

    /// <returns>The six digits that an app shows; null when the text is something else, as a recovery code is.</returns>
    public static string? ReadCode(string typed) =>
        TypedCode.Digits(typed) is { Length: Digits } digits && !typed.Any(char.IsLetter) ? digits : null;

    /// <summary>Whether an app that has the key would show this code now.</summary>
    public bool Verify(string key, string? code) => StepOf(key, TypedCode.Digits(code ?? "")) is not null;

    /// <returns>New recovery codes.</returns>
    public static async Task<IReadOnlyList<string>> KeepAsync(UserManager<Moderator> users, Moderator moderator, string key)
    {
        await users.SetAuthenticationTokenAsync(moderator, KeyProvider, KeyName, key);
        await users.SetTwoFactorEnabledAsync(moderator, true);
        return await RecoveryCodeSet.MakeAsync(users, moderator);
    }

    /// <summary>What the app shows at a time.</summary>
    public static string CodeAt(string key, DateTimeOffset time) => AppWith(key).ComputeTotp(time.UtcDateTime);

    /// <returns>False when a code of that half minute, or of a later one, was taken before.</returns>
    private async Task<bool> UseAsync(Guid moderator, long step)
    {
        await using var write = await writing.BeginAsync(CancellationToken.None);
        var ofModerator = write.Db.Set<UsedCode>().Where(code => code.ModeratorId == moderator);
        if (await ofModerator.Where(code => code.Step < step).ExecuteUpdateAsync(set => set.SetProperty(code => code.Step, step)) is 0)
        {
            if (await ofModerator.AnyAsync())
                return false;
            write.Db.Add(new UsedCode { ModeratorId = moderator, Step = step });
        }

        try
        {
            await write.CommitAsync(CancellationToken.None);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another replica took a code in the same moment.
            return false;
        }
    }

    private long? StepOf(string key, string code) =>
        AppWith(key).VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, new VerificationWindow(StepsAside, StepsAside))
            ? step
            : null;

    /// <summary>With what every app takes for granted: a new code each 30 seconds, SHA-1.</summary>
    private static Totp AppWith(string key) => new(Base32Encoding.ToBytes(key), totpSize: Digits);
}
