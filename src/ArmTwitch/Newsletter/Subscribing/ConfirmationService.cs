using System.Net;
using System.Security.Cryptography;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>The outcome of confirming with a link or a code.</summary>
public enum ConfirmOutcome
{
    Confirmed,

    /// <summary>There is no such link, or it has expired.</summary>
    NoSuchLink,

    /// <summary>The link has been used before.</summary>
    UsedLink,

    /// <summary>Address and code do not belong together, or the code has expired or was tried too often.</summary>
    WrongCode,

    /// <summary>Too many codes came from that network.</summary>
    TooMany,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public readonly record struct ConfirmResult(ConfirmOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>Confirms subscriptions, by the link or the code of the confirmation mail.</summary>
public sealed partial class ConfirmationService(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, WriteTransactionFactory writing, SuppressionList suppressions,
    SubscriberSecrets secrets, ClientNetworkHasher networkHasher, DailyKeyHasher dailyHasher, RateLimiter limiter,
    IOptions<SignUpLimitOptions> limits, TimeProvider clock, ILogger<ConfirmationService> logger)
{
    public const int CodeTries = 5;

    /// <summary>How long the link of the confirmation mail works.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromDays(7);

    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Of one code; a new code has its own tries.</summary>
    private static readonly RateLimit TriesOfCode = new("tries of a code", new RateWindow(CodeTries, CodeLife)) { IsAlwaysOn = true };

    private readonly RateLimit codes = new("codes", new RateWindow(limits.Value.CodesInAnHour, TimeSpan.FromHours(1)));

    /// <summary>The address whose subscription the link would confirm now.</summary>
    /// <returns>Null when the link is unknown, used or too old.</returns>
    public async Task<string?> FindAddressAsync(string? token, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await SubscriberToken.FindAsync(db, SubscriberToken.Confirm, token, clock.GetUtcNow(), cancellationToken)
            is not { UsedAt: null } link)
            return null;
        return await db.Set<Subscriber>().Where(one => one.Id == link.SubscriberId).Select(one => one.Email)
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<ConfirmOutcome> ConfirmAsync(string? token, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await secrets.PrepareAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await SubscriberToken.FindAsync(db, SubscriberToken.Confirm, token, clock.GetUtcNow(), cancellationToken) is not { } link)
            return ConfirmOutcome.NoSuchLink;
        if (await ConfirmAsync(db, link.SubscriberId, ConsentMethod.Link, link.Hash, cancellationToken))
            return ConfirmOutcome.Confirmed;
        // Pressed twice: what the reader asked for is so.
        return await db.Set<Subscriber>().AnyAsync(
            one => one.Id == link.SubscriberId && one.State == SubscriberState.Confirmed, cancellationToken)
            ? ConfirmOutcome.Confirmed : ConfirmOutcome.UsedLink;
    }

    /// <summary>Confirms with the mailed code. An unknown address costs the same work and gets the same answer.</summary>
    public async Task<ConfirmResult> ConfirmAsync(
        EmailAddress address, string code, IPAddress? from, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await secrets.PrepareAsync(cancellationToken);
        var (network, hash) = (
            await networkHasher.HashAsync(from, cancellationToken), await dailyHasher.HashAsync("address", address.Key, cancellationToken));
        var typed = await secrets.CodeHashAsync(address.Key, code, cancellationToken);
        if (await limiter.TakeAsync(codes.For(network), cancellationToken) is { } wait)
            return new(ConfirmOutcome.TooMany, wait);

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var subscriber = await db.Set<Subscriber>().AsNoTracking().SingleOrDefaultAsync(one => one.Key == address.Key, cancellationToken);
        var (madeAt, now) = (subscriber?.CodeMadeAt ?? DateTimeOffset.MinValue, clock.GetUtcNow());
        // Counted before the comparison, so that parallel requests cannot exceed the tries.
        var mayTry = await limiter.TakeAsync(TriesOfCode.For(hash.With(BitConverter.GetBytes(madeAt.UtcTicks))), cancellationToken) is null;
        var fits = CryptographicOperations.FixedTimeEquals(subscriber?.CodeHash ?? new byte[typed.Length], typed);
        return fits && subscriber is not null && mayTry && now - madeAt < CodeLife
                && await ConfirmAsync(db, subscriber.Id, ConsentMethod.Code, null, cancellationToken)
            ? new(ConfirmOutcome.Confirmed) : new(ConfirmOutcome.WrongCode);
    }

    /// <param name="link">The hash of the link; null for a code.</param>
    /// <returns>False when the link, or the code, has been used before.</returns>
    private async Task<bool> ConfirmAsync(ArmTwitchDb db, Guid id, ConsentMethod method, byte[]? link, CancellationToken cancellationToken)
    {
        var subscriber = await db.Set<Subscriber>().AsNoTracking().SingleAsync(one => one.Id == id, cancellationToken);
        if (subscriber.Key is not { } key)
            return false;
        await secrets.PrepareAsync(cancellationToken);
        var (address, suppressed) = (
            await secrets.AddressHashAsync(key, cancellationToken), await suppressions.HashAsync(key, cancellationToken));
        await using var write = await writing.BeginAsync(db, Patience, cancellationToken);
        var now = clock.GetUtcNow();
        var open = db.Set<SubscriberToken>()
            .Where(one => one.SubscriberId == id && one.Purpose == SubscriberToken.Confirm && one.UsedAt == null);
        if (await open.Where(one => link == null || one.Hash == link)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancellationToken) is 0)
            return false;
        // Older links are used up too: otherwise one of them could bring back somebody who leaves later.
        await open.ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancellationToken);
        var isNew = await db.Set<Subscriber>().Where(one => one.Id == id && one.State != SubscriberState.Confirmed
            && one.State != SubscriberState.Complained && one.State != SubscriberState.Erased)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, SubscriberState.Confirmed)
                    .SetProperty(one => one.ConfirmedAt, now).SetProperty(one => one.EndedAt, (DateTimeOffset?)null)
                    .SetProperty(one => one.Recent, "").SetProperty(one => one.CodeHash, (byte[]?)null)
                    .SetProperty(one => one.CodeMadeAt, (DateTimeOffset?)null),
                cancellationToken) is 1;
        if (!isNew)
            return false;
        db.Add(new ConsentRecord
        {
            SubscriberId = id,
            Address = address,
            Kind = ConsentKind.Given,
            Method = method,
            Wording = subscriber.Wording,
            Page = subscriber.Page,
            AskedAt = subscriber.AskedAt,
            At = now,
        });
        await suppressions.RemoveAsync(db, suppressed, SubscriptionService.Scope, cancellationToken);
        await write.CommitAsync(cancellationToken);
        LogConfirmed(id);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "Subscriber {SubscriberId} is confirmed")]
    private partial void LogConfirmed(Guid subscriberId);
}
