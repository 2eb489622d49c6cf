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
/// for a while: a stranger elsewhere locks nobody out.
/// </summary>
public sealed class SignInTries(Network networks, DailyKeys keys, RateLimiter limiter, IOptions<ModeratorsOptions> options, IOptions<SignInLimits> limits)
{
    /// <summary>
    /// From wherever they come, after so many an account takes no more (NIST SP 800-63B, 3.2.2), but from a network that signed in
    /// within a day. A passkey still opens it.
    /// </summary>
    public const int MostFromEverywhere = 100;

    /// <summary>Networks that signed in to an account. They are remembered as long as their key is: a day.</summary>
    private static readonly RateLimit SignedIn = new("signed in", new RateWindow(1, TimeSpan.FromDays(1))) { IsAlwaysOn = true };

    private readonly RateLimit ofNetwork = new("sign-ins", new RateWindow(limits.Value.SignInsInTenMinutes, TimeSpan.FromMinutes(10)));

    private readonly RateLimit ofAccountHere = LockAfter("account from a network", options.Value.Tries, options);

    private readonly RateLimit ofAccount = LockAfter("account", MostFromEverywhere, options);

    /// <summary>Asks whether a password may be tried, and counts it as wrong until <see cref="WasRightAsync"/>.</summary>
    /// <remarks>
    /// It counts first, so that many at once cannot all come before the limit. A network's count grows whether or not the account is
    /// locked; the lock's does not, or it would never end.
    /// </remarks>
    public async Task<SignInTurn> TakeTurnAsync(string email, IPAddress? from, CancellationToken cancellationToken = default)
    {
        var account = SHA256.HashData(Encoding.UTF8.GetBytes(email.ToUpperInvariant()));
        var (network, everywhere) = (await networks.OfAsync(from, cancellationToken), await keys.HashAsync("account", account, cancellationToken));
        if (await limiter.TakeAsync(ofNetwork.For(network), cancellationToken) is { } wait)
            return new SignInTurn(SignInAnswer.TooMany, network, account, wait);
        var here = network.With(account);
        var isKnown = await limiter.IsKnownAsync(SignedIn.For(here.Narrow), cancellationToken);
        var counted = isKnown ? ofAccountHere.For(here) : [.. ofAccountHere.For(here), .. ofAccount.For(everywhere)];
        return new SignInTurn(await limiter.TakeAsync(counted, cancellationToken) is null ? SignInAnswer.Right : SignInAnswer.Refused, network, account);
    }

    /// <summary>Forgets what was tried on the account from this network, and remembers that it signed in.</summary>
    public async Task WasRightAsync(SignInTurn taken, CancellationToken cancellationToken = default)
    {
        var here = taken.Network.With(taken.Account);
        await limiter.GiveBackAsync(ofNetwork.For(taken.Network), cancellationToken);
        await limiter.ForgetAsync([.. ofAccountHere.For(here), .. SignedIn.For(here.Narrow)], cancellationToken);
        await limiter.TakeAsync(SignedIn.For(here.Narrow), cancellationToken);
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

/// <param name="Account">Hash of the e-mail address that was typed, whether or not it has an account.</param>
/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public sealed record SignInTurn(SignInAnswer Answer, ClientNetwork Network, byte[] Account, TimeSpan RetryAfter = default);

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
