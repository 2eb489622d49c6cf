using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Bounces;

/// <summary>
/// Ends subscriptions whose mails bounce: at once when the address does not exist, else when three of its last five issues bounced. A mail
/// that is accepted, and does not bounce later, resets the count.
/// </summary>
public sealed partial class BounceHandler(SuppressionList suppressions, SubscriberSecrets secrets, ILogger<BounceHandler> logger)
    : IMailOutcomeHandler
{
    /// <summary>Letters in <see cref="Subscriber.Recent"/>: a temporary failure, or another one.</summary>
    private const char Soft = 's', Other = 'o';

    /// <summary>The first letter: the server has accepted the last mail, which may still bounce.</summary>
    private const string Taken = "t";

    private const int Window = 5, MostSoft = 3;

    public async Task HandleAsync(ArmTwitchDb db, IReadOnlyList<MailOutcome> outcomes, CancellationToken cancellationToken)
    {
        var issues = outcomes.Where(outcome => outcome.MailingId is not null).ToList();
        await LockAsync(db, [.. issues.Select(outcome => EmailAddress.Normalize(outcome.To))], cancellationToken);
        var taken = issues.Where(outcome => outcome.State is MailState.Sent)
            .Select(outcome => EmailAddress.Normalize(outcome.To)).ToList();
        if (taken.Count > 0)
        {
            // The mail before this one was accepted, too, and has not bounced since.
            await db.Set<Subscriber>().Where(one => EF.Parameter(taken).Contains(one.Key!) && one.Recent != "")
                .ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.Recent, one => one.Recent.StartsWith(Taken) ? "" : Taken + one.Recent),
                    cancellationToken);
        }

        foreach (var outcome in issues.Where(outcome => outcome.State is MailState.Dead))
            await HandleBounceAsync(db, new(outcome.To, outcome.Failure, WasTaken: false, outcome.At), cancellationToken);
    }

    /// <summary>
    /// Locks the rows of these subscribers in one order, to avoid deadlocks; SQLite has one writer at a time.
    /// </summary>
    private static async Task LockAsync(ArmTwitchDb db, List<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count > 0 && !db.Database.IsSqlite())
            await db.Database.ExecuteSqlAsync(
                $"""SELECT 1 FROM "Subscribers" WHERE "Key" = ANY({keys}) ORDER BY "Key" FOR NO KEY UPDATE""", cancellationToken);
    }

    /// <summary>Part of the caller's transaction.</summary>
    internal async Task HandleBounceAsync(ArmTwitchDb db, ReturnedMail mail, CancellationToken cancellationToken)
    {
        var key = EmailAddress.Normalize(mail.To);
        await LockAsync(db, [key], cancellationToken);
        if (await db.Set<Subscriber>().AsNoTracking().Where(one => one.Key == key && one.State == SubscriberState.Confirmed)
            .Select(one => new { one.Id, one.Recent }).SingleOrDefaultAsync(cancellationToken) is not { } subscriber)
            return;
        var before = !subscriber.Recent.StartsWith(Taken, StringComparison.Ordinal) ? subscriber.Recent
            : mail.WasTaken ? subscriber.Recent[Taken.Length..]
            : "";
        var recent = $"{(mail.Failure is DeliveryFailure.Unreachable ? Soft : Other)}{before}";
        recent = recent[..Math.Min(recent.Length, Window)];
        if (mail.Failure is DeliveryFailure.NoSuchRecipient || recent.Count(letter => letter is Soft) >= MostSoft)
            await EndAsync(db, new(subscriber.Id, key, SubscriberState.Bounced, mail.At), cancellationToken);
        else
            await db.Set<Subscriber>().Where(one => one.Id == subscriber.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Recent, recent), cancellationToken);
    }

    /// <summary>The recipient reported spam: no mail of any kind goes there again. Part of the caller's transaction.</summary>
    /// <returns>False when the address was suppressed before.</returns>
    internal async Task<bool> HandleComplaintAsync(ArmTwitchDb db, string to, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = EmailAddress.Normalize(to);
        var id = await db.Set<Subscriber>().Where(one => one.Key == key)
            .Select(one => (Guid?)one.Id).SingleOrDefaultAsync(cancellationToken);
        if (id is { } subscriber)
            await EndAsync(db, new(subscriber, key, SubscriberState.Complained, at), cancellationToken);
        return await suppressions.AddAsync(
            db, await suppressions.HashAsync(key, cancellationToken), Suppression.All, "complained", cancellationToken);
    }

    /// <summary>The recipient unsubscribed through their provider. Part of the caller's transaction.</summary>
    /// <returns>False when nobody with that address is subscribed.</returns>
    internal async Task<bool> HandleOptOutAsync(ArmTwitchDb db, string to, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = EmailAddress.Normalize(to);
        return await db.Set<Subscriber>().Where(one => one.Key == key)
            .Select(one => (Guid?)one.Id).SingleOrDefaultAsync(cancellationToken) is { } subscriber
            && await EndAsync(db, new(subscriber, key, SubscriberState.Unsubscribed, at), cancellationToken);
    }

    /// <returns>False when it had ended before.</returns>
    private async Task<bool> EndAsync(ArmTwitchDb db, Ending ending, CancellationToken cancellationToken)
    {
        var (id, state) = (ending.SubscriberId, ending.State);
        var isComplaint = state is SubscriberState.Complained;
        if (await db.Set<Subscriber>()
            .Where(one => one.Id == id && (one.State == SubscriberState.Confirmed
                || (isComplaint && one.State != SubscriberState.Complained && one.State != SubscriberState.Erased)))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(one => one.State, state).SetProperty(one => one.EndedAt, ending.At).SetProperty(one => one.Recent, ""),
                cancellationToken) is 0)
            return false;
        var (kind, reason) = state switch
        {
            SubscriberState.Complained => (ConsentKind.Complained, "complained"),
            SubscriberState.Unsubscribed => (ConsentKind.Withdrawn, "unsubscribed"),
            _ => (ConsentKind.Bounced, "bounced"),
        };
        db.Add(new ConsentRecord
        {
            SubscriberId = id,
            Address = await secrets.AddressHashAsync(ending.Key, cancellationToken),
            Kind = kind,
            Method = ConsentMethod.MailServer,
            At = ending.At,
        });
        await suppressions.AddAsync(
            db, await suppressions.HashAsync(ending.Key, cancellationToken), SubscriptionService.Scope, reason, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        LogEnded(id, state);
        return true;
    }

    /// <summary>How and when a subscription ends.</summary>
    private sealed record Ending(Guid SubscriberId, string Key, SubscriberState State, DateTimeOffset At);

    [LoggerMessage(LogLevel.Information, "Subscriber {SubscriberId} is {State} now")]
    private partial void LogEnded(Guid subscriberId, SubscriberState state);
}

/// <summary>A copy of an issue that was not delivered.</summary>
/// <param name="WasTaken">Whether a server had accepted it and bounced it later.</param>
internal sealed record ReturnedMail(string To, DeliveryFailure Failure, bool WasTaken, DateTimeOffset At);
