using System.Net;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Data;
using ArmTwitch.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>
/// Counts passwords that were tried, on every replica alike. An account that was tried too often takes no password from that network
/// for a while: a stranger elsewhere locks nobody out. A browser that the owner has signed in with before has tries of its own.
/// </summary>
public sealed class SignInTries(Network networks, DailyKeys keys, RateLimiter limiter, IOptions<ModeratorsOptions> options, IOptions<SignInLimits> limits)
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

    /// <summary>Asks whether a password may be tried, and counts it as wrong until <see cref="WasRightAsync"/>.</summary>
    /// <remarks>
    /// It counts first, so that many at once cannot all come before the limit. A network's count grows whether or not the account is
    /// locked; the lock's does not, or it would never end. A known browser that has no try left is a stranger like any other: whoever
    /// stole its cookie gains a few tries and does not lock its owner out.
    /// </remarks>
    /// <param name="browser">See <see cref="KnownBrowsers.NumberOf"/>; null for a stranger.</param>
    public async Task<SignInTurn> TakeTurnAsync(string email, IPAddress? from, byte[]? browser, CancellationToken cancellationToken = default)
    {
        if (browser is not null)
        {
            var own = ofBrowser.For(await keys.HashAsync("browser", browser, cancellationToken));
            if (await limiter.TakeAsync(own, cancellationToken) is null)
                return new SignInTurn(SignInAnswer.Right, [], own);
        }

        var account = AccountOf(email);
        var (network, everywhere) = (await networks.OfAsync(from, cancellationToken), await keys.HashAsync("account", account, cancellationToken));
        var (ofAll, here) = (ofNetwork.For(network), ofAccountHere.For(network.With(account)));
        if (await limiter.TakeAsync(ofAll, cancellationToken) is { } wait)
            return new SignInTurn(SignInAnswer.TooMany, ofAll, here, wait);
        var isRefused = await limiter.TakeAsync([.. here, .. ofAccount.For(everywhere)], cancellationToken) is not null;
        return new SignInTurn(isRefused ? SignInAnswer.Refused : SignInAnswer.Right, ofAll, here);
    }

    /// <summary>Forgets what was tried on the account from this network or browser.</summary>
    public async Task WasRightAsync(SignInTurn taken, CancellationToken cancellationToken = default)
    {
        await limiter.GiveBackAsync(taken.OfNetwork, cancellationToken);
        await limiter.ForgetAsync(taken.OfAccount, cancellationToken);
    }

    private static RateLimit LockAfter(string name, int tries, IOptions<ModeratorsOptions> options) =>
        new(name, new RateWindow(tries, TimeSpan.FromMinutes(options.Value.LockoutMinutes))) { IsAlwaysOn = true };
}

/// <summary>What is said to a password.</summary>
public enum SignInAnswer
{
    /// <summary>It may be tried, or it was right and the second step may follow.</summary>
    Right,

    /// <summary>It was a recovery code of an account without a password, which signs in by itself.</summary>
    SignedIn,

    /// <summary>Wrong, unknown or locked; nobody can tell which.</summary>
    Refused,

    /// <summary>The network has tried a lot lately.</summary>
    TooMany,
}

/// <param name="OfNetwork">What was counted for the network, whatever the account.</param>
/// <param name="OfAccount">What was counted for the account, from the network or in a known browser.</param>
/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public sealed record SignInTurn(SignInAnswer Answer, IReadOnlyList<RateLimitKey> OfNetwork, IReadOnlyList<RateLimitKey> OfAccount, TimeSpan RetryAfter = default);

/// <summary>The last code of an authenticator app that an account took.</summary>
public sealed class UsedCode
{
    public required Guid ModeratorId { get; init; }

    /// <summary>The half minute that the code belonged to.</summary>
    public required long Step { get; init; }
}

internal sealed class UsedCodeTable : IEntityTypeConfiguration<UsedCode>
{
    public void Configure(EntityTypeBuilder<UsedCode> builder)
    {
        builder.ToTable("UsedCodes");
        builder.HasKey(code => code.ModeratorId);
        builder.HasOne<Moderator>().WithOne().HasForeignKey<UsedCode>(code => code.ModeratorId).OnDelete(DeleteBehavior.Cascade);
    }
}
