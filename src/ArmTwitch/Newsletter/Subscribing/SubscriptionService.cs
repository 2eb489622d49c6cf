using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>The outcome of an editor's act for a subscriber.</summary>
public enum SubscriberActOutcome
{
    Done,

    /// <summary>There was nothing to do: they have left, are erased, or do not wait for a confirmation any more.</summary>
    Nothing,

    /// <summary>The editor is none any more, or signed in too long ago.</summary>
    MayNoLonger,

    /// <summary>Their mailbox has had as many confirmation mails as it may get.</summary>
    TooSoon,
}

/// <summary>The outcome of sending a confirmation again.</summary>
public readonly record struct ResendResult(SubscriberActOutcome Outcome)
{
    /// <summary>When the next one can go, if it was too soon; null otherwise.</summary>
    public DateTimeOffset? NextAt { get; init; }
}

/// <summary>
/// What a subscriber does after the confirmation, or an editor for them: leave, look at what is stored, have it erased. Each is one
/// transaction.
/// </summary>
public sealed partial class SubscriptionService(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, WriteTransactionFactory writing, SuppressionList suppressions,
    SubscriberSecrets secrets, SessionStore sessions, AuditTrail audit, TimeProvider clock, ILogger<SubscriptionService> logger)
{
    /// <summary>The scope of suppressions that stop the newsletter and no other mail.</summary>
    public const string Scope = "newsletter";

    /// <summary>How long the mailed link to the subscriber's own page works.</summary>
    public static readonly TimeSpan ManageLife = TimeSpan.FromHours(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether the token is one that <see cref="UnsubscribeAsync(string?, ConsentMethod, UnsubscribeReason?, CancellationToken)"/> knows.</summary>
    public async Task<bool> CanUnsubscribeAsync(string? token, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return SecretToken.Hash(SubscriberToken.Unsubscribe, token) is { } hash
            && await db.Set<Subscriber>().AnyAsync(one => one.UnsubscribeHash == hash, cancellationToken);
    }

    /// <summary>
    /// Ends the subscription that the token belongs to. It takes effect before the next mail is taken from the outbox.
    /// </summary>
    /// <returns>False when there is no such token.</returns>
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
        await UnsubscribeAsync(subscriber, method, reason, by: null, cancellationToken);
        return true;
    }

    /// <summary>Ends the subscription of somebody who asked an editor for it.</summary>
    public async Task<SubscriberActOutcome> UnsubscribeAsync(Guid id, CurrentModerator by, CancellationToken cancellationToken = default) =>
        await FindAsync(id, cancellationToken) is { } subscriber
            ? await UnsubscribeAsync(subscriber, ConsentMethod.Editor, null, by, cancellationToken)
            : SubscriberActOutcome.Nothing;

    /// <summary>Erases somebody who asked an editor for it, shortly after the editor has signed in.</summary>
    public async Task<SubscriberActOutcome> EraseAsync(Guid id, CurrentModerator by, CancellationToken cancellationToken = default) =>
        await FindAsync(id, cancellationToken) is { } subscriber
            ? await EraseAsync(subscriber, ConsentMethod.Editor, by, cancellationToken)
            : SubscriberActOutcome.Nothing;

    /// <summary>What is stored about the owner of a link that was mailed in the last hour.</summary>
    /// <returns>Null when there is no such link, or it has expired.</returns>
    public async Task<SubscriberDetails?> FindDetailsAsync(string token, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await SubscriberToken.FindAsync(db, SubscriberToken.Manage, token, clock.GetUtcNow(), cancellationToken) is not { } link)
            return null;
        var subscriber = await db.Set<Subscriber>().AsNoTracking().SingleAsync(one => one.Id == link.SubscriberId, cancellationToken);
        var consent = await db.Set<ConsentRecord>().AsNoTracking().Where(record => record.SubscriberId == subscriber.Id)
            .OrderBy(record => record.Id).ToListAsync(cancellationToken);
        return new SubscriberDetails(subscriber, consent, link.ExpiresAt);
    }

    public Task UnsubscribeAsync(SubscriberDetails details, CancellationToken cancellationToken = default) =>
        UnsubscribeAsync(details.Subscriber, ConsentMethod.ManagePage, null, by: null, cancellationToken);

    public Task EraseAsync(SubscriberDetails details, CancellationToken cancellationToken = default) =>
        EraseAsync(details.Subscriber, ConsentMethod.ManagePage, by: null, cancellationToken);

    /// <summary>
    /// Erases the subscriber with this address. The consent ledger and the suppression list keep keyed hashes of it.
    /// </summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> EraseAsync(EmailAddress address, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Subscriber>().AsNoTracking()
            .SingleOrDefaultAsync(one => one.Key == address.Key, cancellationToken) is not { } subscriber)
            return false;
        await EraseAsync(subscriber, ConsentMethod.CommandLine, by: null, cancellationToken);
        return true;
    }

    /// <summary>Erases a person everywhere but in the consent ledger. Part of the caller's transaction.</summary>
    /// <returns>False when they were erased before.</returns>
    internal static async Task<bool> EndSubscriptionAsync(
        ArmTwitchDb db, Subscriber subscriber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Mails before the subscriber: the mail sender and the bounces lock them in this order.
        await EraseMailsAsync();
        await db.Set<SubscriptionRequest>().Where(form => form.Email != null && form.Email == subscriber.Email)
            .ExecuteUpdateAsync(set => SubscriptionRequest.Close(set, now), cancellationToken);
        if (await db.Set<Subscriber>().Where(one => one.Id == subscriber.Id && one.State != SubscriberState.Erased)
            .ExecuteUpdateAsync(
                set =>
                {
                    Subscriber.ClearPersonalData(set);
                    set.SetProperty(one => one.State, SubscriberState.Erased).SetProperty(one => one.EndedAt, now);
                },
                cancellationToken) is 0)
            return false;
        // Again: mails may have been queued before the row of the subscriber was locked.
        await EraseMailsAsync();
        return true;

        async Task EraseMailsAsync()
        {
            // Both are null 30 days after somebody has left.
            List<string> spellings = [.. new[] { subscriber.Email, subscriber.Key }.OfType<string>()];
            await SentMailRecords.EraseAsync(db, spellings, SubscriptionMailer.Cause, cancellationToken);
            await db.Set<SubscriberToken>().Where(token => token.SubscriberId == subscriber.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task<Subscriber?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Subscriber>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
    }

    /// <param name="by">The editor; null for the subscriber.</param>
    private async Task<SubscriberActOutcome> UnsubscribeAsync(
        Subscriber subscriber, ConsentMethod method, UnsubscribeReason? reason, CurrentModerator? by, CancellationToken cancellationToken)
    {
        if (subscriber.Key is not { } key)
            return SubscriberActOutcome.Nothing;
        var (address, suppressed) = await HashAsync(key, cancellationToken);
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        if (by is not null && !await MayAsync(write.Db, by, isFresh: false, cancellationToken))
            return SubscriberActOutcome.MayNoLonger;
        var now = clock.GetUtcNow();
        var hasLeft = await write.Db.Set<Subscriber>().Where(one => one.Id == subscriber.Id && one.State == SubscriberState.Confirmed)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, SubscriberState.Unsubscribed).SetProperty(one => one.EndedAt, now),
                cancellationToken) is 1;
        if (hasLeft || reason is not null)
        {
            write.Db.Add(new ConsentRecord
            {
                SubscriberId = subscriber.Id,
                Address = address,
                Kind = hasLeft ? ConsentKind.Withdrawn : ConsentKind.ReasonTold,
                Method = method,
                Reason = reason,
                At = now,
            });
        }

        if (hasLeft)
            await suppressions.AddAsync(write.Db, suppressed, Scope, "unsubscribed", cancellationToken);
        if (hasLeft && by is not null)
            audit.Add(write.Db, by, AuditAction.SubscriberUnsubscribed, subscriber.Id);
        await write.CommitAsync(cancellationToken);
        if (hasLeft)
            LogLeft(subscriber.Id);
        return hasLeft ? SubscriberActOutcome.Done : SubscriberActOutcome.Nothing;
    }

    /// <inheritdoc cref="UnsubscribeAsync(Subscriber, ConsentMethod, UnsubscribeReason?, CurrentModerator?, CancellationToken)" path="/param"/>
    private async Task<SubscriberActOutcome> EraseAsync(
        Subscriber subscriber, ConsentMethod method, CurrentModerator? by, CancellationToken cancellationToken)
    {
        if (subscriber.Key is not { } key)
            return SubscriberActOutcome.Nothing;
        var (address, suppressed) = await HashAsync(key, cancellationToken);
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        if (by is not null && !await MayAsync(write.Db, by, isFresh: true, cancellationToken))
            return SubscriberActOutcome.MayNoLonger;
        var now = clock.GetUtcNow();
        if (!await EndSubscriptionAsync(write.Db, subscriber, now, cancellationToken))
            return SubscriberActOutcome.Nothing;
        write.Db.Add(
            new ConsentRecord { SubscriberId = subscriber.Id, Address = address, Kind = ConsentKind.Erased, Method = method, At = now });
        await suppressions.AddAsync(write.Db, suppressed, Scope, "erased", cancellationToken);
        if (method is not ConsentMethod.ManagePage)
            audit.Add(write.Db, by, AuditAction.SubscriberErased, subscriber.Id);
        await write.CommitAsync(cancellationToken);
        LogErased(subscriber.Id);
        return SubscriberActOutcome.Done;
    }

    private Task<bool> MayAsync(ArmTwitchDb db, CurrentModerator by, bool isFresh, CancellationToken cancellationToken) =>
        sessions.AuthorizedModerators(db, by.Id, ModeratorRole.Editor, by.Session, isFresh).AnyAsync(cancellationToken);

    /// <summary>For the consent ledger and the suppression list. Call it before a transaction: a new key is a write of its own.</summary>
    private async Task<(byte[] Ledger, byte[] Suppression)> HashAsync(string key, CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        return (await secrets.AddressHashAsync(key, cancellationToken), await suppressions.HashAsync(key, cancellationToken));
    }

    [LoggerMessage(LogLevel.Information, "Subscriber {SubscriberId} has left")]
    private partial void LogLeft(Guid subscriberId);

    [LoggerMessage(LogLevel.Information, "Subscriber {SubscriberId} is erased")]
    private partial void LogErased(Guid subscriberId);
}
