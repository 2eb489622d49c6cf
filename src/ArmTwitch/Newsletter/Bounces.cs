using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter;

/// <summary>
/// Ends subscriptions whose mails come back. An address that does not exist ends at once; one that cannot be reached ends when three of
/// its last five issues came back. A mail that was taken, and does not come back later, makes a clean slate.
/// </summary>
public sealed partial class Bounces(Suppressions suppressions, SubscriberSecrets secrets, ILogger<Bounces> logger) : IMailOutcomes
{
    /// <summary>In <see cref="Subscriber.Recent"/>: came back for now, or was refused for what it says.</summary>
    private const char Soft = 's', Other = 'o';

    /// <summary>The same before them: was taken, and may yet come back.</summary>
    private const string Taken = "t";

    private const int Window = 5, MostSoft = 3;

    public async Task RecordAsync(ArmTwitchDb db, IReadOnlyList<MailOutcome> outcomes, CancellationToken cancellationToken)
    {
        var issues = outcomes.Where(outcome => outcome.MailingId is not null).ToList();
        var taken = issues.Where(outcome => outcome.State is MailState.Sent).Select(outcome => Suppressions.Normal(outcome.To)).ToList();
        if (taken.Count > 0)
        {
            // Of the one that was taken before, nothing has come back since.
            await db.Set<Subscriber>().Where(one => EF.Parameter(taken).Contains(one.Key!) && one.Recent != "")
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Recent, one => one.Recent.StartsWith(Taken) ? "" : Taken + one.Recent), cancellationToken);
        }

        foreach (var outcome in issues.Where(outcome => outcome.State is MailState.Dead))
            await CameBackAsync(db, outcome.To, outcome.Failure, wasTaken: false, outcome.At, cancellationToken);
    }

    /// <summary>Part of the caller's transaction.</summary>
    /// <param name="wasTaken">Whether a server had taken it and tells only now.</param>
    internal async Task CameBackAsync(ArmTwitchDb db, string to, DeliveryFailure failure, bool wasTaken, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = Suppressions.Normal(to);
        if (await db.Set<Subscriber>().AsNoTracking().Where(one => one.Key == key && one.State == SubscriberState.Confirmed).Select(one => new { one.Id, one.Recent }).SingleOrDefaultAsync(cancellationToken) is not { } subscriber)
            return;
        var before = !subscriber.Recent.StartsWith(Taken, StringComparison.Ordinal) ? subscriber.Recent : wasTaken ? subscriber.Recent[Taken.Length..] : "";
        var recent = $"{(failure is DeliveryFailure.Unreachable ? Soft : Other)}{before}";
        recent = recent[..Math.Min(recent.Length, Window)];
        if (failure is DeliveryFailure.NoSuchRecipient || recent.Count(letter => letter is Soft) >= MostSoft)
            await EndAsync(db, subscriber.Id, key, SubscriberState.Bounced, at, cancellationToken);
        else
            await db.Set<Subscriber>().Where(one => one.Id == subscriber.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Recent, recent), cancellationToken);
    }

    /// <summary>Somebody pressed "this is spam". No mail of any kind goes there again. Part of the caller's transaction.</summary>
    /// <returns>False when the address gets no mail of any kind already.</returns>
    internal async Task<bool> ComplainedAsync(ArmTwitchDb db, string to, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = Suppressions.Normal(to);
        var id = await db.Set<Subscriber>().Where(one => one.Key == key).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(cancellationToken);
        if (id is { } subscriber)
            await EndAsync(db, subscriber, key, SubscriberState.Complained, at, cancellationToken);
        return await suppressions.AddAsync(db, await suppressions.HashAsync(key, cancellationToken), Suppression.All, "complained", cancellationToken);
    }

    private async Task EndAsync(ArmTwitchDb db, Guid id, string key, SubscriberState state, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.Set<Subscriber>().Where(one => one.Id == id && (one.State == SubscriberState.Confirmed || (state == SubscriberState.Complained && one.State != SubscriberState.Complained && one.State != SubscriberState.Erased)))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.State, state).SetProperty(one => one.EndedAt, at).SetProperty(one => one.Recent, ""), cancellationToken) is 0)
            return;
        db.Add(new ConsentRecord
        {
            SubscriberId = id,
            Address = await secrets.AddressHashAsync(key, cancellationToken),
            Kind = state is SubscriberState.Complained ? ConsentKind.Complained : ConsentKind.Bounced,
            Method = ConsentMethod.MailServer,
            At = at,
        });
        await suppressions.AddAsync(db, await suppressions.HashAsync(key, cancellationToken), Subscriptions.Scope, state is SubscriberState.Complained ? "complained" : "bounced", cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        LogEnded(id, state);
    }

    [LoggerMessage(LogLevel.Information, "Subscriber {SubscriberId} is {State} now")]
    private partial void LogEnded(Guid subscriberId, SubscriberState state);
}
