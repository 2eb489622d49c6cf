using System.Diagnostics;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.SigningIn;

/// <summary>
/// Signs in with a password and a second step, or with a passkey. A password alone opens nothing, and whoever tries one cannot tell
/// an unknown address from a wrong password or a locked account, neither by the words nor by the time.
/// </summary>
public sealed class SignInService(
    UserManager<Moderator> users,
    PasswordAttemptLimiter attempts,
    KnownBrowserCookie browsers,
    SecondFactorLimiter secondFactor,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<Moderator> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Moderator>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Moderator> confirmation)
    : SignInManager<Moderator>(users, http, claims, options, logger, schemes, confirmation)
{
    /// <summary>Longer than a hash and a write take, so that both hide behind it.</summary>
    private static readonly TimeSpan RefusalTakes = TimeSpan.FromMilliseconds(400);

    private static readonly Moderator Nobody = new() { DisplayName = "", Role = ModeratorRole.Moderator, CreatedAt = default };

    private static string? decoy;

    /// <summary>The hash of a password that nobody knows, for an address without one.</summary>
    private string DummyHash => decoy ??= UserManager.PasswordHasher.HashPassword(Nobody, SecretToken.New());

    /// <returns>Whether the second step may follow, or when to come back.</returns>
    public async Task<(PasswordAttemptOutcome Answer, TimeSpan RetryAfter)> TryPasswordAsync(string email, string password)
    {
        var begun = Stopwatch.GetTimestamp();
        var turn = await TakeTurnAsync(email);
        if (turn.Answer is PasswordAttemptOutcome.TooMany)
            return (turn.Answer, turn.RetryAfter);
        // A password that does not count is not looked at, which would cost 28 ms of a processor: the time below tells nothing.
        if (turn.Answer is PasswordAttemptOutcome.Right && await VerifyPasswordAsync(email, password) is { } moderator)
        {
            await attempts.RecordSuccessAsync(turn);
            if ((await SignInOrTwoFactorAsync(moderator, isPersistent: false)).RequiresTwoFactor)
                return (PasswordAttemptOutcome.Right, TimeSpan.Zero);
        }
        else if (turn.Answer is PasswordAttemptOutcome.Right && await RedeemAsync(email, password) is { } owner)
        {
            await attempts.RecordSuccessAsync(turn);
            await SignInAsync(owner, isPersistent: false);
            return (PasswordAttemptOutcome.SignedIn, TimeSpan.Zero);
        }

        if (RefusalTakes - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } rest)
            await Task.Delay(rest);
        return (PasswordAttemptOutcome.Refused, TimeSpan.Zero);
    }

    /// <summary>Takes six digits for the code of an authenticator app, and anything else for a recovery code.</summary>
    public async Task<bool> TryCodeAsync(string code)
    {
        if (TotpAuthenticator.ReadCode(code) is not { } digits)
            return (await TwoFactorRecoveryCodeSignInAsync(RecoveryCodeSet.Normalize(code))).Succeeded;
        if (await GetTwoFactorAuthenticationUserAsync() is not { } moderator || !await secondFactor.TryTakeAttemptAsync(moderator))
            return false;
        if ((await TwoFactorAuthenticatorSignInAsync(digits, isPersistent: false, rememberClient: false)).Succeeded)
            return true;
        await secondFactor.RecordFailureAsync(moderator);
        return false;
    }

    /// <summary>
    /// Whether it is the password of whoever is signed in. It counts as at the sign-in: a browser left open is no place to guess.
    /// </summary>
    public async Task<bool> IsCurrentAsync(Moderator moderator, string password)
    {
        var turn = await TakeTurnAsync(moderator.Email!);
        if (turn.Answer is not PasswordAttemptOutcome.Right || !await UserManager.CheckPasswordAsync(moderator, password))
            return false;
        await attempts.RecordSuccessAsync(turn);
        return true;
    }

    /// <summary>Every sign-in takes both steps, on every machine.</summary>
    public override Task<bool> IsTwoFactorClientRememberedAsync(Moderator user) => Task.FromResult(false);

    private Task<PasswordAttempt> TakeTurnAsync(string email) =>
        attempts.TryTakeAttemptAsync(email, Context.Connection.RemoteIpAddress, browsers.NumberOf(Context, email));

    /// <returns>The account that may go on to the second step; null for every refusal.</returns>
    private async Task<Moderator?> VerifyPasswordAsync(string email, string password)
    {
        var moderator = await UserManager.FindByEmailAsync(email);
        var hash = moderator?.PasswordHash;
        var right = UserManager.PasswordHasher.VerifyHashedPassword(
            moderator ?? Nobody, hash ?? DummyHash, password) is not PasswordVerificationResult.Failed;
        return right && moderator is { TwoFactorEnabled: true } && hash is not null ? moderator : null;
    }

    /// <summary>Whoever has only passkeys, and none at hand, types a recovery code in place of a password.</summary>
    /// <returns>Null when it is none of that account, or the account has a password, beside which a code is only the second step.</returns>
    private async Task<Moderator?> RedeemAsync(string email, string code) =>
        await UserManager.FindByEmailAsync(email) is { PasswordHash: null } moderator
        && (await UserManager.RedeemTwoFactorRecoveryCodeAsync(moderator, RecoveryCodeSet.Normalize(code))).Succeeded
            ? moderator
            : null;
}
