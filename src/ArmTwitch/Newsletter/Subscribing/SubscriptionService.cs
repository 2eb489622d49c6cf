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

/// <summary>What became of a link or a code.</summary>
public enum ConfirmOutcome
{
    Confirmed,

    /// <summary>The link was never ours, or is over.</summary>
    NoSuchLink,

    /// <summary>The link has confirmed once, and confirms nothing more.</summary>
    UsedLink,

    /// <summary>Address and code do not belong together, or the code is over or has been tried too often.</summary>
    WrongCode,

    /// <summary>Too many codes came from that network.</summary>
    TooMany,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public readonly record struct ConfirmResult(ConfirmOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>
/// What a subscriber does: confirm, leave, look at what is kept, have it erased. Each is one transaction, and never twice.
/// </summary>
public sealed partial class SubscriptionService(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, SqliteWriteLock writeLock, SuppressionList suppressions,
    SubscriberSecrets secrets, ClientNetworkHasher networkHasher, DailyKeyHasher dailyHasher, RateLimiter limiter,
    IOptions<SignUpLimitOptions> limits, TimeProvider clock, ILogger<SubscriptionService> logger)
{
    /// <summary>Holds newsletters back, and nothing else.</summary>
    public const string Scope = "newsletter";

    public const int CodeTries = 5;

    public static readonly TimeSpan ConfirmLife = TimeSpan.FromDays(7),
        CodeLife = TimeSpan.FromMinutes(30),
        ManageLife = TimeSpan.FromHours(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Of one code; a new one has its own tries.</summary>
    private static readonly RateLimit TriesOfCode = new("tries of a code", new RateWindow(CodeTries, CodeLife)) { IsAlwaysOn = true };

    private readonly RateLimit codes = new("codes", new RateWindow(limits.Value.CodesInAnHour, TimeSpan.FromHours(1)));

    /// <summary>Whether the link would confirm something now. Asking changes nothing.</summary>
    public async Task<bool> CanConfirmAsync(string? token, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindTokenAsync(db, SubscriberToken.Confirm, token, cancellationToken) is { UsedAt: null };
    }

    public async Task<ConfirmOutcome> ConfirmAsync(string? token, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await secrets.PrepareAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindTokenAsync(db, SubscriberToken.Confirm, token, cancellationToken) is not { } link)
            return ConfirmOutcome.NoSuchLink;
        return await ConfirmAsync(db, link.SubscriberId, ConsentMethod.Link, link.Hash, cancellationToken)
            ? ConfirmOutcome.Confirmed
            : ConfirmOutcome.UsedLink;
    }

    /// <summary>
    /// Confirms by the code that was mailed. An address that we do not know costs the same work and gets the same answer.
    /// </summary>
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
        // Counted before it is compared: of many at once, no more than the tries are.
        var mayTry = await limiter.TakeAsync(TriesOfCode.For(hash.With(BitConverter.GetBytes(madeAt.UtcTicks))), cancellationToken) is null;
        var fits = CryptographicOperations.FixedTimeEquals(subscriber?.CodeHash ?? new byte[typed.Length], typed);
        return fits && subscriber is not null && mayTry && now - madeAt < CodeLife
                && await ConfirmAsync(db, subscriber.Id, ConsentMethod.Code, null, cancellationToken)
            ? new(ConfirmOutcome.Confirmed) : new(ConfirmOutcome.WrongCode);
    }

    /// <summary>
    /// Ends the newsletter for whoever the token belongs to. It takes effect before the next mail is taken from the outbox.
    /// </summary>
    /// <returns>False when there is no such token, which the sender need not know.</returns>
    public async Task<bool> UnsubscribeAsync(
        string? token, ConsentMethod method, UnsubscribeReason? reason = null, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        if (SecretToken.Hash(SubscriberToken.Unsubscribe, token) is not { } hash)
            return false;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Subscriber>().AsNoTracking()
            .SingleOrDefaultAsync(one => one.UnsubscribeHash == hash, cancellationToken) is not { } subscriber)
            return false;
        await UnsubscribeAsync(db, subscriber, method, reason, cancellationToken);
        return true;
    }

    /// <summary>What is kept about the owner of a link that was mailed in the last hour.</summary>
    /// <returns>Null when there is no such link, or it is over.</returns>
    public async Task<SubscriberDetails?> FindDetailsAsync(string token, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindTokenAsync(db, SubscriberToken.Manage, token, cancellationToken) is not { } link)
            return null;
        var subscriber = await db.Set<Subscriber>().AsNoTracking().SingleAsync(one => one.Id == link.SubscriberId, cancellationToken);
        var consent = await db.Set<ConsentRecord>().AsNoTracking().Where(record => record.SubscriberId == subscriber.Id)
            .OrderBy(record => record.Id).ToListAsync(cancellationToken);
        return new SubscriberDetails(subscriber, consent, link.ExpiresAt);
    }

    public Task UnsubscribeAsync(SubscriberDetails file, CancellationToken cancellationToken = default) => WithContextAsync(
        db => UnsubscribeAsync(db, file.Subscriber, ConsentMethod.ManagePage, null, cancellationToken), cancellationToken);

    public Task EraseAsync(SubscriberDetails file, CancellationToken cancellationToken = default) => WithContextAsync(
        db => EraseAsync(db, file.Subscriber, ConsentMethod.ManagePage, cancellationToken), cancellationToken);

    /// <summary>
    /// Erases whoever has this address. The ledger keeps a keyed hash, and so does the list of those who are not to be written to.
    /// </summary>
    /// <returns>False when nobody has it.</returns>
    public async Task<bool> EraseAsync(EmailAddress address, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Subscriber>().AsNoTracking()
            .SingleOrDefaultAsync(one => one.Key == address.Key, cancellationToken) is not { } subscriber)
            return false;
        await EraseAsync(db, subscriber, ConsentMethod.CommandLine, cancellationToken);
        return true;
    }

    /// <summary>Takes a person out of everything but the ledger. Part of the caller's transaction.</summary>
    /// <returns>False when somebody was faster.</returns>
    internal static async Task<bool> EndSubscriptionAsync(
        ArmTwitchDb db, Subscriber subscriber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Before the subscriber, as the sender and the bounces lock them.
        await EraseMailsAsync();
        await db.Set<Intake>().Where(intake => intake.Email != null && intake.Email == subscriber.Email).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Email, (string?)null).SetProperty(one => one.HandledAt, now), cancellationToken);
        if (await db.Set<Subscriber>().Where(one => one.Id == subscriber.Id && one.State != SubscriberState.Erased)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, SubscriberState.Erased)
                    .SetProperty(one => one.Email, (string?)null).SetProperty(one => one.Key, (string?)null)
                    .SetProperty(one => one.EndedAt, now).SetProperty(one => one.CodeHash, (byte[]?)null)
                    .SetProperty(one => one.CodeMadeAt, (DateTimeOffset?)null),
                cancellationToken) is 0)
            return false;
        // What was queued until the subscriber was held.
        await EraseMailsAsync();
        return true;

        async Task EraseMailsAsync()
        {
            // Who left long ago has no address any more.
            List<string> spellings = [.. new[] { subscriber.Email, subscriber.Key }.OfType<string>()];
            await SentMailRecords.EraseAsync(db, spellings, SubscriptionMailer.Cause, cancellationToken);
            await db.Set<SubscriberToken>().Where(token => token.SubscriberId == subscriber.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task<SubscriberToken?> FindTokenAsync(ArmTwitchDb db, string purpose, string? token, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return SecretToken.Hash(purpose, token) is { } hash
            ? await db.Set<SubscriberToken>().AsNoTracking()
                .SingleOrDefaultAsync(one => one.Hash == hash && one.Purpose == purpose && one.ExpiresAt > now, cancellationToken)
            : null;
    }

    /// <param name="link">The link that is used up by it; null for a code.</param>
    /// <returns>False when somebody was faster: the link is used, or the code is.</returns>
    private async Task<bool> ConfirmAsync(ArmTwitchDb db, Guid id, ConsentMethod method, byte[]? link, CancellationToken cancellationToken)
    {
        var subscriber = await db.Set<Subscriber>().AsNoTracking().SingleAsync(one => one.Id == id, cancellationToken);
        if (subscriber.Key is not { } key)
            return false;
        var (address, suppressed) = await HashAsync(key, cancellationToken);
        using var turn = await writeLock.AcquireAsync(Patience, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var open = db.Set<SubscriberToken>()
            .Where(one => one.SubscriberId == id && one.Purpose == SubscriberToken.Confirm && one.UsedAt == null);
        if (await open.Where(one => link == null || one.Hash == link)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancellationToken) is 0)
            return false;
        // Older links to the same end are used up too: one could otherwise bring back somebody who has left since.
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
        await suppressions.RemoveAsync(db, suppressed, Scope, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogConfirmed(id);
        return true;
    }

    private async Task UnsubscribeAsync(
        ArmTwitchDb db, Subscriber subscriber, ConsentMethod method, UnsubscribeReason? reason, CancellationToken cancellationToken)
    {
        if (subscriber.Key is not { } key)
            return;
        var (address, suppressed) = await HashAsync(key, cancellationToken);
        using var turn = await writeLock.AcquireAsync(Patience, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var left = await db.Set<Subscriber>().Where(one => one.Id == subscriber.Id && one.State == SubscriberState.Confirmed)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, SubscriberState.Unsubscribed).SetProperty(one => one.EndedAt, now),
                cancellationToken) is 1;
        if (left || reason is not null)
        {
            db.Add(new ConsentRecord
            {
                SubscriberId = subscriber.Id,
                Address = address,
                Kind = left ? ConsentKind.Withdrawn : ConsentKind.ReasonTold,
                Method = method,
                Reason = reason,
                At = now,
            });
        }

        if (left)
            await suppressions.AddAsync(db, suppressed, Scope, "unsubscribed", cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (left)
            LogLeft(subscriber.Id);
    }

    private async Task EraseAsync(ArmTwitchDb db, Subscriber subscriber, ConsentMethod method, CancellationToken cancellationToken)
    {
        if (subscriber.Key is not { } key)
            return;
        var (address, suppressed) = await HashAsync(key, cancellationToken);
        using var turn = await writeLock.AcquireAsync(Patience, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (!await EndSubscriptionAsync(db, subscriber, now, cancellationToken))
            return;
        db.Add(new ConsentRecord { SubscriberId = subscriber.Id, Address = address, Kind = ConsentKind.Erased, Method = method, At = now });
        await suppressions.AddAsync(db, suppressed, Scope, "erased", cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogErased(subscriber.Id);
    }

    /// <summary>
    /// What the ledger and the suppression list keep of an address. Made before the lock is taken: a new key is a write of its own.
    /// </summary>
    private async Task<(byte[] Ledger, byte[] Suppression)> HashAsync(string key, CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        return (await secrets.AddressHashAsync(key, cancellationToken), await suppressions.HashAsync(key, cancellationToken));
    }

    private async Task WithContextAsync(Func<ArmTwitchDb, Task> work, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await work(db);
    }

    [LoggerMessage(LogLevel.Information, "Subscriber {SubscriberId} is confirmed")]
    private partial void LogConfirmed(Guid subscriberId);

    [LoggerMessage(LogLevel.Information, "Subscriber {SubscriberId} has left")]
    private partial void LogLeft(Guid subscriberId);

    [LoggerMessage(LogLevel.Information, "Subscriber {SubscriberId} is erased")]
    private partial void LogErased(Guid subscriberId);
}
