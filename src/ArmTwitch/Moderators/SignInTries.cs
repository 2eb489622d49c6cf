using System.Net;
using System.Text;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>That somebody tried a password. One that was right is not kept.</summary>
public sealed class SignInTry
{
    public long Id { get; init; }

    /// <summary>Keyed hash of the e-mail address that was typed, whether or not it has an account.</summary>
    public required byte[] Account { get; init; }

    /// <summary>Keyed hash of the network, never the address.</summary>
    public required byte[] Network { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// Counts wrong passwords, on every replica alike. An account that was tried too often takes no password from that network for a
/// while: a stranger elsewhere locks nobody out.
/// </summary>
public sealed class SignInTries(
    IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, Secrets secrets, Network networks, IOptions<ModeratorsOptions> options, IOptions<SignInLimits> limits, TimeProvider clock)
{
    /// <summary>From wherever they come, after so many an account takes no more (NIST SP 800-63B, 3.2.2). A passkey still opens it.</summary>
    public const int MostFromEverywhere = 100;

    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10), Patience = TimeSpan.FromSeconds(10);

    private TimeSpan LockLife => TimeSpan.FromMinutes(options.Value.LockoutMinutes);

    /// <summary>Asks whether a password may be tried, and counts it as wrong until <see cref="WasRightAsync"/>.</summary>
    /// <remarks>It counts first, so that many at once cannot all come before the limit.</remarks>
    public async Task<SignInTurn> TakeTurnAsync(string email, IPAddress? from, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var mine = new SignInTry
        {
            Account = await secrets.HashAsync("sign-ins", Encoding.UTF8.GetBytes(email.ToUpperInvariant()), cancellationToken),
            Network = await networks.HashAsync(from, cancellationToken),
            At = now,
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (tries, lockedSince, busySince) = (db.Set<SignInTry>(), now - LockLife, now - TenMinutes);
        var old = lockedSince < busySince ? lockedSince : busySince;
        using (await gate.EnterAsync(Patience, cancellationToken))
        {
            await tries.Where(one => one.At <= old).ExecuteDeleteAsync(cancellationToken);
            tries.Add(mine);
            await db.SaveChangesAsync(cancellationToken);
        }

        var others = tries.AsNoTracking().Where(one => one.Id != mine.Id);
        var ofAccount = others.Where(one => one.Account == mine.Account && one.At > lockedSince);
        if (limits.Value.Enabled && await others.Where(one => one.Network == mine.Network && one.At > busySince).OrderByDescending(one => one.At)
            .Select(one => (DateTimeOffset?)one.At).Skip(limits.Value.SignInsInTenMinutes - 1).FirstOrDefaultAsync(cancellationToken) is { } first)
            return await EndAsync(SignInAnswer.TooMany, first + TenMinutes - now);
        if (await ofAccount.CountAsync(one => one.Network == mine.Network, cancellationToken) >= options.Value.Tries || await ofAccount.CountAsync(cancellationToken) >= MostFromEverywhere)
            return await EndAsync(SignInAnswer.Refused);
        return new SignInTurn(SignInAnswer.Right, mine);

        // What was not tried is not counted, or a lock would never end.
        async Task<SignInTurn> EndAsync(SignInAnswer answer, TimeSpan retryAfter = default)
        {
            using var turn = await gate.EnterAsync(Patience, cancellationToken);
            await tries.Where(one => one.Id == mine.Id).ExecuteDeleteAsync(cancellationToken);
            return new SignInTurn(answer, mine, retryAfter);
        }
    }

    /// <summary>Forgets what was tried on the account from this network.</summary>
    public async Task WasRightAsync(SignInTurn taken, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var turn = await gate.EnterAsync(Patience, cancellationToken);
        await db.Set<SignInTry>().Where(one => one.Account == taken.Try.Account && one.Network == taken.Try.Network).ExecuteDeleteAsync(cancellationToken);
    }
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

/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public sealed record SignInTurn(SignInAnswer Answer, SignInTry Try, TimeSpan RetryAfter = default);

/// <summary>The last code of an authenticator app that an account took.</summary>
public sealed class UsedCode
{
    public required Guid ModeratorId { get; init; }

    /// <summary>The half minute that the code belonged to.</summary>
    public required long Step { get; init; }
}

internal sealed class SignInTables : IEntityTypeConfiguration<SignInTry>, IEntityTypeConfiguration<UsedCode>
{
    public void Configure(EntityTypeBuilder<SignInTry> builder)
    {
        builder.ToTable("SignInTries");
        builder.HasIndex(one => new { one.Network, one.At });
        builder.HasIndex(one => new { one.Account, one.At });
        builder.HasIndex(one => one.At);
    }

    public void Configure(EntityTypeBuilder<UsedCode> builder)
    {
        builder.ToTable("UsedCodes");
        builder.HasKey(code => code.ModeratorId);
        builder.HasOne<Moderator>().WithOne().HasForeignKey<UsedCode>(code => code.ModeratorId).OnDelete(DeleteBehavior.Cascade);
    }
}
