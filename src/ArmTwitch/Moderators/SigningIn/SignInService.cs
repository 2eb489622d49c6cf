using System.Diagnostics;
using System.Security.Claims;
using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.SigningIn;

/// <summary>
/// Signs in with a password and a second factor, or with a passkey. Neither the text nor the duration of a refusal tells an unknown
/// address from a wrong password or a locked account.
/// </summary>
public sealed partial class SignInService(
    UserManager<Moderator> users,
    PasswordAttemptLimiter attempts,
    KnownBrowserCookie browsers,
    SecondFactorLimiter secondFactor,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<Moderator> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Moderator>> logger,
    ILogger<SignInService> log,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Moderator> confirmation)
    : SignInManager<Moderator>(users, http, claims, options, logger, schemes, confirmation)
{
    /// <summary>The duration of every refusal; longer than a hash and a write, so that it does not show whether they happened.</summary>
    private static readonly TimeSpan RefusalDuration = TimeSpan.FromMilliseconds(400);

    private static readonly Moderator Nobody = new() { DisplayName = "", Role = ModeratorRole.Moderator, CreatedAt = default };

    private static string? dummyHash;

    /// <summary>The hash of a password that nobody knows; it is verified when the address has none.</summary>
    private string DummyHash => dummyHash ??= UserManager.PasswordHasher.HashPassword(Nobody, SecretToken.New());

    /// <returns>The outcome, and when the next attempt is allowed.</returns>
    public async Task<(PasswordAttemptOutcome Outcome, TimeSpan RetryAfter)> TryPasswordAsync(string email, string password)
    {
        var begun = Stopwatch.GetTimestamp();
        var attempt = await TakeAttemptAsync(email);
        if (attempt.Outcome is PasswordAttemptOutcome.TooMany)
        {
            LogRefused(log, "password", null, attempt.Outcome);
            return (attempt.Outcome, attempt.RetryAfter);
        }

        // A password beyond the limit is not verified, which would cost 60 ms of CPU. The delay below hides that.
        if (attempt.Outcome is PasswordAttemptOutcome.Right && await VerifyPasswordAsync(email, password) is { } moderator)
        {
            await attempts.RecordSuccessAsync(attempt);
            if ((await SignInOrTwoFactorAsync(moderator, isPersistent: false)).RequiresTwoFactor)
                return (PasswordAttemptOutcome.Right, TimeSpan.Zero);
        }
        else if (attempt.Outcome is PasswordAttemptOutcome.Right && await RedeemAsync(email, password) is { } owner)
        {
            await attempts.RecordSuccessAsync(attempt);
            await SignInAsync(owner, isPersistent: false);
            return (PasswordAttemptOutcome.SignedIn, TimeSpan.Zero);
        }

        // Without the address: whoever mistypes often types their password there.
        LogRefused(log, "password", null, PasswordAttemptOutcome.Refused);
        if (RefusalDuration - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } rest)
            await Task.Delay(rest);
        return (PasswordAttemptOutcome.Refused, TimeSpan.Zero);
    }

    /// <summary>Signs in with the second factor: six digits are the code of an app, anything else is a recovery code.</summary>
    public async Task<bool> TryCodeAsync(string code)
    {
        var moderator = await GetTwoFactorAuthenticationUserAsync();
        if (await IsCodeRightAsync(moderator, code))
            return true;
        LogRefused(log, "code", moderator?.Id, PasswordAttemptOutcome.Refused);
        return false;
    }

    /// <param name="credential">The answer of the browser as JSON, which may be anything.</param>
    public async Task<bool> TryPasskeyAsync(string? credential)
    {
        try
        {
            if (credential is { Length: > 0 } && (await PasskeySignInAsync(credential)).Succeeded)
                return true;
        }
        catch (Exception malformed) when (malformed is InvalidOperationException or JsonException or PasskeyException)
        {
            // Refused below.
        }

        LogRefused(log, "passkey", null, PasswordAttemptOutcome.Refused);
        return false;
    }

    /// <summary>Reads the answer of a browser that has created a passkey.</summary>
    /// <param name="credential">The answer as JSON, which may be anything.</param>
    /// <returns>The passkey and the account that it was created for; null when it cannot be verified.</returns>
    public async Task<(UserPasskeyInfo Passkey, Guid Owner)?> ReadPasskeyAsync(string? credential, string name)
    {
        try
        {
            if (credential is not { Length: > 0 } || await PerformPasskeyAttestationAsync(credential) is not { Succeeded: true } made
                || !Guid.TryParse(made.UserEntity.Id, out var owner))
                return null;
            made.Passkey.Name = name;
            return (made.Passkey, owner);
        }
        catch (Exception malformed) when (malformed is InvalidOperationException or JsonException or PasskeyException)
        {
            return null;
        }
    }

    /// <summary>Verifies the password of somebody who is signed in, with the limits of the sign-in: a stranger may sit there.</summary>
    public async Task<bool> IsCurrentAsync(Moderator moderator, string password)
    {
        var attempt = await TakeAttemptAsync(moderator.Email!);
        if (attempt.Outcome is not PasswordAttemptOutcome.Right || !await UserManager.CheckPasswordAsync(moderator, password))
            return false;
        await attempts.RecordSuccessAsync(attempt);
        return true;
    }

    /// <summary>Every way in ends here.</summary>
    public override async Task SignInWithClaimsAsync(
        Moderator user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var all = additionalClaims.ToList();
        await base.SignInWithClaimsAsync(user, authenticationProperties, all);
        // The values of RFC 8176: "mfa", or "hwk" for a passkey.
        LogSignedIn(log, user.Id, all.Find(claim => claim.Type is "amr")?.Value ?? "invitation or recovery code");
    }

    /// <summary>Every sign-in needs the second factor, in every browser.</summary>
    public override Task<bool> IsTwoFactorClientRememberedAsync(Moderator user) => Task.FromResult(false);

    private async Task<bool> IsCodeRightAsync(Moderator? moderator, string code)
    {
        if (TotpAuthenticator.ReadCode(code) is not { } digits)
            return (await TwoFactorRecoveryCodeSignInAsync(RecoveryCodeSet.Normalize(code))).Succeeded;
        if (moderator is null || !await secondFactor.TryTakeAttemptAsync(moderator))
            return false;
        if ((await TwoFactorAuthenticatorSignInAsync(digits, isPersistent: false, rememberClient: false)).Succeeded)
            return true;
        await secondFactor.RecordFailureAsync(moderator);
        return false;
    }

    private Task<PasswordAttempt> TakeAttemptAsync(string email) =>
        attempts.TryTakeAttemptAsync(email, Context.Connection.RemoteIpAddress, browsers.NumberOf(Context, email));

    /// <returns>The account that may go on to the second factor; null for every refusal.</returns>
    private async Task<Moderator?> VerifyPasswordAsync(string email, string password)
    {
        var moderator = await UserManager.FindByEmailAsync(email);
        var hash = moderator?.PasswordHash;
        var result = UserManager.PasswordHasher.VerifyHashedPassword(moderator ?? Nobody, hash ?? DummyHash, password);
        if (result is PasswordVerificationResult.Failed || moderator is not { TwoFactorEnabled: true } || hash is null)
            return null;
        if (result is PasswordVerificationResult.SuccessRehashNeeded)
        {
            // The hash of an older version takes an attacker less work than today's.
            moderator.PasswordHash = UserManager.PasswordHasher.HashPassword(moderator, password);
            await UserManager.UpdateAsync(moderator);
        }

        return moderator;
    }

    /// <summary>Somebody who has only passkeys, and none at hand, types a recovery code in place of a password.</summary>
    /// <returns>Null when the code is wrong, or the account has a password: then a code is only the second factor.</returns>
    private async Task<Moderator?> RedeemAsync(string email, string code) =>
        await UserManager.FindByEmailAsync(email) is { PasswordHash: null } moderator
        && (await UserManager.RedeemTwoFactorRecoveryCodeAsync(moderator, RecoveryCodeSet.Normalize(code))).Succeeded
            ? moderator
            : null;

    [LoggerMessage(LogLevel.Information, "Moderator {ModeratorId} has signed in ({Method})")]
    private static partial void LogSignedIn(ILogger log, Guid moderatorId, string method);

    [LoggerMessage(LogLevel.Information, "A sign-in by {Way} was refused (moderator {ModeratorId}, {Outcome})")]
    private static partial void LogRefused(ILogger log, string way, Guid? moderatorId, PasswordAttemptOutcome outcome);
}
