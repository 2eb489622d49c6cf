using ArmTwitch.Data;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace ArmTwitch.Moderators.Authenticators;

/// <summary>
/// The codes of authenticator apps (RFC 6238). Unlike Identity's own provider it uses the site's clock, and takes each code only once
/// across all replicas (RFC 6238, 5.2).
/// </summary>
internal sealed class TotpAuthenticator(WriteTransactionFactory writing, TimeProvider clock) : IUserTwoFactorTokenProvider<Moderator>
{
    /// <summary>How many half minutes a clock may be ahead or behind.</summary>
    private const int StepTolerance = 1;

    private const int Digits = 6;

    /// <summary>The names under which Identity stores the key.</summary>
    private const string KeyProvider = "[AspNetUserStore]", KeyName = "AuthenticatorKey";

    public Task<string> GenerateAsync(string purpose, UserManager<Moderator> manager, Moderator user) => Task.FromResult("");

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Moderator> manager, Moderator user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Moderator> manager, Moderator user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
        && StepOf(key, token) is { } step && await UseAsync(user.Id, step);

    /// <returns>The six digits; null when the text is something else, such as a recovery code.</returns>
    public static string? ReadCode(string typed) =>
        TypedCode.Digits(typed) is { Length: Digits } digits && !typed.Any(char.IsLetter) ? digits : null;

    /// <summary>Whether an app with the key shows this code now.</summary>
    public bool Verify(string key, string? code) => StepOf(key, TypedCode.Digits(code ?? "")) is not null;

    /// <summary>Stores the key of an app and makes the second factor required.</summary>
    /// <returns>New recovery codes.</returns>
    public static async Task<IReadOnlyList<string>> SetKeyAsync(UserManager<Moderator> users, Moderator moderator, string key)
    {
        await users.SetAuthenticationTokenAsync(moderator, KeyProvider, KeyName, key);
        await users.SetTwoFactorEnabledAsync(moderator, true);
        return await RecoveryCodeSet.MakeAsync(users, moderator);
    }

    /// <returns>The code that an app shows at that time.</returns>
    public static string CodeAt(string key, DateTimeOffset time) => AppWith(key).ComputeTotp(time.UtcDateTime);

    /// <returns>False when a code of that half minute, or of a later one, was used before.</returns>
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
            // Another replica took a code at the same moment.
            return false;
        }
    }

    private long? StepOf(string key, string code) =>
        AppWith(key).VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, new VerificationWindow(StepTolerance, StepTolerance))
            ? step
            : null;

    /// <summary>With the defaults of all apps: a new code every 30 seconds, SHA-1.</summary>
    private static Totp AppWith(string key) => new(Base32Encoding.ToBytes(key), totpSize: Digits);
}
