using System.Net;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using ArmTwitch.Moderators.Sessions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.SigningIn;

/// <summary>
/// Limits attempts of passwords across all replicas. After too many attempts an account takes no password from that network for a while,
/// so a stranger elsewhere locks nobody out. A browser in which the owner has signed in before has attempts of its own.
/// </summary>
public sealed class PasswordAttemptLimiter(
    ClientNetworkHasher networkHasher, DailyKeyHasher dailyHasher, RateLimiter limiter, IOptions<ModeratorsOptions> options,
    IOptions<SignInLimitOptions> limits)
{
    /// <summary>
    /// After so many attempts from all networks together an account takes passwords only from a known browser (NIST SP 800-63B, 3.2.2).
    /// A passkey still works.
    /// </summary>
    public const int MostFromEverywhere = 100;

    private readonly RateLimit ofNetwork = new("sign-ins", new RateWindow(limits.Value.SignInsInTenMinutes, TimeSpan.FromMinutes(10)));

    private readonly RateLimit ofAccountHere = LockAfter("account from a network", options.Value.Tries, options);

    private readonly RateLimit ofAccount = LockAfter("account", MostFromEverywhere, options);

    private readonly RateLimit ofBrowser = LockAfter("account in a known browser", options.Value.Tries, options);

    /// <summary>A key for the account with this address, whether or not it exists.</summary>
    public static byte[] AccountOf(string email) => SHA256.HashData(Encoding.UTF8.GetBytes(email.ToUpperInvariant()));

    /// <summary>Checks whether a password may be tried, and counts it as wrong until <see cref="RecordSuccessAsync"/>.</summary>
    /// <remarks>
    /// It counts before the password is verified, so that many attempts at once cannot pass the limit. While an account is locked, attempts
    /// count for the network but not for the lock, which would never end. A known browser without attempts left is treated as unknown, so
    /// somebody who stole its cookie gains a few attempts and does not lock the owner out.
    /// </remarks>
    /// <param name="browser">See <see cref="KnownBrowserCookie.NumberOf"/>; null for an unknown browser.</param>
    public async Task<PasswordAttempt> TryTakeAttemptAsync(
        string email, IPAddress? from, byte[]? browser, CancellationToken cancellationToken = default)
    {
        if (browser is not null)
        {
            var own = ofBrowser.For(await dailyHasher.HashAsync("browser", browser, cancellationToken));
            if (await limiter.TakeAsync(own, cancellationToken) is null)
                return new PasswordAttempt(PasswordAttemptOutcome.Right, [], own);
        }

        var account = AccountOf(email);
        var (network, everywhere) =
            (await networkHasher.HashAsync(from, cancellationToken), await dailyHasher.HashAsync("account", account, cancellationToken));
        var (ofAll, here) = (ofNetwork.For(network), ofAccountHere.For(network.With(account)));
        if (await limiter.TakeAsync(ofAll, cancellationToken) is { } wait)
            return new PasswordAttempt(PasswordAttemptOutcome.TooMany, ofAll, here, wait);
        var isRefused = await limiter.TakeAsync([.. here, .. ofAccount.For(everywhere)], cancellationToken) is not null;
        return new PasswordAttempt(isRefused ? PasswordAttemptOutcome.Refused : PasswordAttemptOutcome.Right, ofAll, here);
    }

    /// <summary>Resets the attempts on the account from this network or browser.</summary>
    public async Task RecordSuccessAsync(PasswordAttempt taken, CancellationToken cancellationToken = default)
    {
        await limiter.RefundAsync(taken.OfNetwork, cancellationToken);
        await limiter.DeleteAsync(taken.OfAccount, cancellationToken);
    }

    private static RateLimit LockAfter(string name, int tries, IOptions<ModeratorsOptions> options) =>
        new(name, new RateWindow(tries, TimeSpan.FromMinutes(options.Value.LockoutMinutes))) { IsAlwaysOn = true };
}
