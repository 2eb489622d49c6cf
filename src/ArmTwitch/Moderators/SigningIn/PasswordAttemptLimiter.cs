using System.Net;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using ArmTwitch.Moderators.Sessions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.SigningIn;

/// <summary>
/// Counts passwords that were tried, on every replica alike. An account that was tried too often takes no password from that network
/// for a while: a stranger elsewhere locks nobody out. A browser that the owner has signed in with before has tries of its own.
/// </summary>
public sealed class PasswordAttemptLimiter(
    ClientNetworkHasher networkHasher, DailyKeyHasher dailyHasher, RateLimiter limiter, IOptions<ModeratorsOptions> options,
    IOptions<SignInLimitOptions> limits)
{
    /// <summary>
    /// From wherever they come, after so many an account takes no more (NIST SP 800-63B, 3.2.2), but from a known browser. A passkey
    /// still opens it.
    /// </summary>
    public const int MostFromEverywhere = 100;

    private readonly RateLimit ofNetwork = new("sign-ins", new RateWindow(limits.Value.SignInsInTenMinutes, TimeSpan.FromMinutes(10)));

    private readonly RateLimit ofAccountHere = LockAfter("account from a network", options.Value.Tries, options);

    private readonly RateLimit ofAccount = LockAfter("account", MostFromEverywhere, options);

    private readonly RateLimit ofBrowser = LockAfter("account in a known browser", options.Value.Tries, options);

    /// <summary>A name for the account with this address, whether or not there is one.</summary>
    public static byte[] AccountOf(string email) => SHA256.HashData(Encoding.UTF8.GetBytes(email.ToUpperInvariant()));

    /// <summary>Asks whether a password may be tried, and counts it as wrong until <see cref="RecordSuccessAsync"/>.</summary>
    /// <remarks>
    /// It counts first, so that many at once cannot all come before the limit. A network's count grows whether or not the account is
    /// locked; the lock's does not, or it would never end. A known browser that has no try left is a stranger like any other: whoever
    /// stole its cookie gains a few tries and does not lock its owner out.
    /// </remarks>
    /// <param name="browser">See <see cref="KnownBrowserCookie.NumberOf"/>; null for a stranger.</param>
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

    /// <summary>Forgets what was tried on the account from this network or browser.</summary>
    public async Task RecordSuccessAsync(PasswordAttempt taken, CancellationToken cancellationToken = default)
    {
        await limiter.RefundAsync(taken.OfNetwork, cancellationToken);
        await limiter.DeleteAsync(taken.OfAccount, cancellationToken);
    }

    private static RateLimit LockAfter(string name, int tries, IOptions<ModeratorsOptions> options) =>
        new(name, new RateWindow(tries, TimeSpan.FromMinutes(options.Value.LockoutMinutes))) { IsAlwaysOn = true };
}
