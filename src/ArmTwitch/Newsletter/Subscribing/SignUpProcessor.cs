using System.Globalization;
using System.Security.Cryptography;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Processes stored forms in the background: decides which mail a form leads to, if any.</summary>
public sealed partial class SignUpProcessor(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, SuppressionList suppressions, SubscriberSecrets secrets,
    SubscriptionMailer mails, SignUpBacklogHealthCheck backlog, DailyKeyHasher dailyHasher, RateLimiter limiter,
    SessionStore sessions, AuditTrail audit, IOptions<SignUpLimitOptions> limits, TimeProvider clock, ILogger<SignUpProcessor> logger)
{
    private const int Codes = 100_000_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1);

    /// <summary>Somebody who has the newsletter already is told so at most once a day.</summary>
    private static readonly RateLimit Reminders = new("newsletter reminders", new RateWindow(1, Day)) { IsAlwaysOn = true };

    private readonly RateLimit confirmations = new(
        "newsletter confirmations", new(1, TimeSpan.FromMinutes(limits.Value.MinutesBetweenConfirmations)),
        new(limits.Value.ConfirmationsInADay, Day));

    private readonly RateLimit manageLinks = new("newsletter manage links", new RateWindow(limits.Value.ManageLinksInADay, Day));

    /// <summary>
    /// Processes the next form. Networks take turns, so that none of them stalls the others. Several replicas may do so at once.
    /// </summary>
    /// <returns>True when a form was processed: there may be more.</returns>
    public async Task<bool> ProcessNextAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindNextAsync(db, cancellationToken) is not { } form)
            return false;

        if (!EmailAddress.TryParse(form.Email, out var address))
        {
            await CloseUnreadableAsync(form, cancellationToken);
            return true;
        }

        await secrets.PrepareAsync(cancellationToken);
        var isSuppressed = await suppressions.ContainsAsync(address.Key, scope: null, cancellationToken);
        var id = Guid.CreateVersion7();
        var unsubscribeHash = await secrets.UnsubscribeHashAsync(id, cancellationToken);
        var mailbox = await dailyHasher.HashAsync("mailbox", MailboxKey.KeyOf(address), cancellationToken);

        await using var write = await writing.BeginAsync(db, cancellationToken);
        var now = clock.GetUtcNow();
        if (await db.Set<SubscriptionRequest>().Where(one => one.Id == form.Id && one.HandledAt == null)
            .ExecuteUpdateAsync(set => SubscriptionRequest.Close(set, now), cancellationToken) is 0)
            return true;
        if (!isSuppressed)
        {
            await RateLimiter.LockAsync(
                db, [.. confirmations.For(mailbox), .. manageLinks.For(mailbox), .. Reminders.For(mailbox)], cancellationToken);
            var subscriber = await Locked(db, address.Key).SingleOrDefaultAsync(cancellationToken);
            if (form.Kind is SubscriptionRequestKind.Manage)
                await SendManageLinkAsync(db, form, subscriber, mailbox, cancellationToken);
            else if (subscriber is { State: SubscriberState.Confirmed })
                await SendReminderAsync(db, form, subscriber, mailbox, cancellationToken);
            else if (subscriber is not { State: SubscriberState.Complained }
                && await limiter.TakeAsync(db, confirmations.For(mailbox), cancellationToken) is null)
            {
                subscriber ??= New(db, id, unsubscribeHash, address, now);
                subscriber.TakeOver(form, now);
                await SendConfirmationAsync(db, form.Id, subscriber, now, until: null, cancellationToken);
            }
        }

        await write.CommitAsync(cancellationToken);
        LogHandled(form.Id);
        return true;
    }

    /// <summary>
    /// Sends the confirmation mail once more to somebody who told an editor that it did not arrive, within the limits of the sign-up. The
    /// seven days go on from the sign-up: an editor does not keep an address for longer than its owner was told.
    /// </summary>
    public async Task<ResendResult> ResendConfirmationAsync(
        Guid id, CurrentModerator by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.Set<Subscriber>().Where(one => one.Id == id).Select(one => one.Key).SingleOrDefaultAsync(cancellationToken);
        if (!EmailAddress.TryParse(key, out var address))
            return new(SubscriberActOutcome.Nothing);
        await secrets.PrepareAsync(cancellationToken);
        var mailbox = await dailyHasher.HashAsync("mailbox", MailboxKey.KeyOf(address), cancellationToken);
        var isSuppressed = await suppressions.ContainsAsync(address.Key, scope: null, cancellationToken);

        await using var write = await writing.BeginAsync(db, cancellationToken);
        if (!await sessions.AuthorizedModerators(db, by.Id, ModeratorRole.Editor, by.Session).AnyAsync(cancellationToken))
            return new(SubscriberActOutcome.MayNoLonger);
        await RateLimiter.LockAsync(db, [.. confirmations.For(mailbox)], cancellationToken);
        var (now, subscriber) = (clock.GetUtcNow(), await Locked(db, address.Key).SingleOrDefaultAsync(cancellationToken));
        // Whoever came with an imported list has not asked here, and gets no mail.
        if (isSuppressed || subscriber is not { State: SubscriberState.Pending, Wording: not null }
            || subscriber.AskedAt + ConfirmationService.LinkLife is var until && until <= now)
            return new(SubscriberActOutcome.Nothing);
        if (await limiter.TakeAsync(db, confirmations.For(mailbox), cancellationToken) is { } wait)
            return new(SubscriberActOutcome.TooSoon) { NextAt = now + wait };
        await SendConfirmationAsync(db, Guid.CreateVersion7(), subscriber, now, until, cancellationToken);
        audit.Add(db, by, AuditAction.ConfirmationResent, id);
        await write.CommitAsync(cancellationToken);
        return new(SubscriberActOutcome.Done);
    }

    /// <summary>An address that a newer version of the program does not accept any more must not block the queue.</summary>
    private async Task CloseUnreadableAsync(SubscriptionRequest form, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(cancellationToken);
        await write.Db.Set<SubscriptionRequest>().Where(one => one.Id == form.Id).ExecuteUpdateAsync(set => SubscriptionRequest.Close(set, now), cancellationToken);
        await write.CommitAsync(cancellationToken);
        LogNoAddress(form.Id);
    }

    /// <summary>Locks the row, so that an erasure of the same person waits for the end of this transaction.</summary>
    private static IQueryable<Subscriber> Locked(ArmTwitchDb db, string key) => db.Database.IsSqlite()
        ? db.Set<Subscriber>().Where(one => one.Key == key)
        : db.Set<Subscriber>().FromSql($"""SELECT * FROM "Subscribers" WHERE "Key" = {key} FOR NO KEY UPDATE""");

    private static Subscriber New(ArmTwitchDb db, Guid id, byte[] unsubscribeHash, EmailAddress address, DateTimeOffset now)
    {
        var subscriber = new Subscriber
        {
            Id = id,
            Email = address.Text,
            Key = address.Key,
            CreatedAt = now,
            AskedAt = now,
            UnsubscribeHash = unsubscribeHash
        };
        db.Add(subscriber);
        return subscriber;
    }

    /// <summary>The oldest form of the network with the fewest processed forms in the last hour.</summary>
    /// <returns>Null when none waits, or the limit of mails is reached.</returns>
    private async Task<SubscriptionRequest?> FindNextAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Hour;
        var all = db.Set<SubscriptionRequest>().AsNoTracking();
        var waiting = await all.Where(one => one.HandledAt == null).GroupBy(one => one.Network)
            .Select(network => new { Network = network.Key, Oldest = network.Min(one => one.At) }).ToListAsync(cancellationToken);
        var handled = (await all.Where(one => one.HandledAt > since).GroupBy(one => one.Network)
            .Select(network => new { Network = network.Key, Count = network.Count() }).ToListAsync(cancellationToken))
            .ToDictionary(one => Convert.ToHexString(one.Network), one => one.Count, StringComparer.Ordinal);
        if (waiting.Count is 0)
            return null;
        var next = waiting.Select(one => (one.Network, one.Oldest, Handled: handled.GetValueOrDefault(Convert.ToHexString(one.Network))))
            .MinBy(one => (one.Handled, one.Oldest));
        if (!await IsWithinMailLimitAsync(db, next.Handled is 0, since, cancellationToken))
            return null;
        return await all.Where(one => one.HandledAt == null && one.Network == next.Network)
            .OrderBy(one => one.At).ThenBy(one => one.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether the hourly limit allows another mail. A network without a processed form has twice the limit.</summary>
    private async Task<bool> IsWithinMailLimitAsync(ArmTwitchDb db, bool isFirst, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!limits.Value.Enabled)
            return true;
        var sent = await db.Set<SubscriberToken>().CountAsync(token => token.MadeAt > since, cancellationToken);
        var most = limits.Value.ConfirmationsInAnHour;
        if (backlog.SetBacklog(sent >= most) && sent >= most)
            LogTooMuch(sent);
        return sent < most || (isFirst && sent < 2L * most);
    }

    /// <param name="cause">The form, or a number of its own.</param>
    /// <param name="until">When the link ends; null for seven days from now.</param>
    private async Task SendConfirmationAsync(
        ArmTwitchDb db, Guid cause, Subscriber subscriber, DateTimeOffset now, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var (token, code) = (SecretToken.New(), RandomNumberGenerator.GetInt32(Codes).ToString("D8", CultureInfo.InvariantCulture));
        subscriber.CodeHash = await secrets.CodeHashAsync(subscriber.Key!, code, cancellationToken);
        subscriber.CodeMadeAt = now;
        db.Add(SubscriberToken.For(subscriber, SubscriberToken.Confirm, token, now, until - now ?? ConfirmationService.LinkLife));
        // To the stored spelling of the address, by which mails are found when the person is erased.
        mails.QueueConfirmation(db, cause, subscriber.Email!, token, code, until);
    }

    private async Task SendReminderAsync(
        ArmTwitchDb db, SubscriptionRequest form, Subscriber subscriber, DailyHash mailbox, CancellationToken cancellationToken)
    {
        if (await limiter.TakeAsync(db, Reminders.For(mailbox), cancellationToken) is null)
            mails.QueueReminder(db, form, subscriber.Email!);
    }

    private async Task SendManageLinkAsync(
        ArmTwitchDb db, SubscriptionRequest form, Subscriber? subscriber, DailyHash mailbox, CancellationToken cancellationToken)
    {
        if (subscriber is null || await limiter.TakeAsync(db, manageLinks.For(mailbox), cancellationToken) is not null)
            return;
        var token = SecretToken.New();
        db.Add(SubscriberToken.For(subscriber, SubscriberToken.Manage, token, clock.GetUtcNow(), SubscriptionService.ManageLife));
        mails.QueueManageLink(db, form, subscriber.Email!, token);
    }

    [LoggerMessage(LogLevel.Information, "Sign-up {RequestId} is handled")]
    private partial void LogHandled(Guid requestId);

    [LoggerMessage(LogLevel.Error, "Sign-up {RequestId} holds no address and is skipped")]
    private partial void LogNoAddress(Guid requestId);

    [LoggerMessage(
        LogLevel.Error,
        "{Count} confirmation mails in the last hour are as many as Limits:ConfirmationsInAnHour allows; "
            + "further sign-ups of networks that had some wait")]
    private partial void LogTooMuch(int count);
}
