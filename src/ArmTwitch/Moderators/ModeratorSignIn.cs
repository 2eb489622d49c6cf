using System.Diagnostics;
using ArmTwitch.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>
/// Signs in with a password and a second step, or with a passkey. A password alone opens nothing, and whoever tries one cannot tell
/// an unknown address from a wrong password or a locked account, neither by the words nor by the time.
/// </summary>
public sealed class ModeratorSignIn(
    UserManager<Moderator> users,
    SignInTries tries,
    KnownBrowsers browsers,
    SecondFactorLimit secondFactor,
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
    private string Decoy => decoy ??= UserManager.PasswordHasher.HashPassword(Nobody, Token.New());

    /// <returns>Whether the second step may follow, or when to come back.</returns>
    public async Task<(SignInAnswer Answer, TimeSpan RetryAfter)> TryPasswordAsync(string email, string password)
    {
        var begun = Stopwatch.GetTimestamp();
        var turn = await TakeTurnAsync(email);
        if (turn.Answer is SignInAnswer.TooMany)
            return (turn.Answer, turn.RetryAfter);
        // A password that does not count is not looked at, which would cost 28 ms of a processor: the time below tells nothing.
        if (turn.Answer is SignInAnswer.Right && await IsRightAsync(email, password) is { } moderator)
        {
            await tries.WasRightAsync(turn);
            if ((await SignInOrTwoFactorAsync(moderator, isPersistent: false)).RequiresTwoFactor)
                return (SignInAnswer.Right, TimeSpan.Zero);
        }
        else if (turn.Answer is SignInAnswer.Right && await RedeemAsync(email, password) is { } owner)
        {
            await tries.WasRightAsync(turn);
            await SignInAsync(owner, isPersistent: false);
            return (SignInAnswer.SignedIn, TimeSpan.Zero);
        }

        if (RefusalTakes - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } rest)
            await Task.Delay(rest);
        return (SignInAnswer.Refused, TimeSpan.Zero);
    }

    /// <summary>Takes six digits for the code of an authenticator app, and anything else for a recovery code.</summary>
    public async Task<bool> TryCodeAsync(string code)
    {
        if (Authenticator.ReadCode(code) is not { } digits)
            return (await TwoFactorRecoveryCodeSignInAsync(Authenticator.ReadRecoveryCode(code))).Succeeded;
        if (await GetTwoFactorAuthenticationUserAsync() is not { } moderator || !await secondFactor.TakeTurnAsync(moderator))
            return false;
        if ((await TwoFactorAuthenticatorSignInAsync(digits, isPersistent: false, rememberClient: false)).Succeeded)
            return true;
        await secondFactor.NoteWrongAsync(moderator);
        return false;
    }

    /// <summary>Whether it is the password of whoever is signed in. It counts as at the sign-in: a browser left open is no place to guess.</summary>
    public async Task<bool> IsCurrentAsync(Moderator moderator, string password)
    {
        var turn = await TakeTurnAsync(moderator.Email!);
        if (turn.Answer is not SignInAnswer.Right || !await UserManager.CheckPasswordAsync(moderator, password))
            return false;
        await tries.WasRightAsync(turn);
        return true;
    }

    /// <summary>Every sign-in takes both steps, on every machine.</summary>
    public override Task<bool> IsTwoFactorClientRememberedAsync(Moderator user) => Task.FromResult(false);

    private Task<SignInTurn> TakeTurnAsync(string email) => tries.TakeTurnAsync(email, Context.Connection.RemoteIpAddress, browsers.NumberOf(Context, email));

    /// <returns>The account that may go on to the second step; null for every refusal.</returns>
    private async Task<Moderator?> IsRightAsync(string email, string password)
    {
        var moderator = await UserManager.FindByEmailAsync(email);
        var hash = moderator?.PasswordHash;
        var right = UserManager.PasswordHasher.VerifyHashedPassword(moderator ?? Nobody, hash ?? Decoy, password) is not PasswordVerificationResult.Failed;
        return right && moderator is { TwoFactorEnabled: true } && hash is not null ? moderator : null;
    }

    /// <summary>Whoever has only passkeys, and none at hand, types a recovery code in place of a password.</summary>
    /// <returns>Null when it is none of that account, or the account has a password, beside which a code is only the second step.</returns>
    private async Task<Moderator?> RedeemAsync(string email, string code) =>
        await UserManager.FindByEmailAsync(email) is { PasswordHash: null } moderator
        && (await UserManager.RedeemTwoFactorRecoveryCodeAsync(moderator, Authenticator.ReadRecoveryCode(code))).Succeeded
            ? moderator
            : null;
}
