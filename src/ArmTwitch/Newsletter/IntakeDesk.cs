using System.Globalization;
using System.Security.Cryptography;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter;

/// <summary>Decides, out of the sender's sight, which mail a form brings, if any.</summary>
public sealed partial class IntakeDesk(
    IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, Suppressions suppressions, SubscriberSecrets secrets, SubscriptionMails mails, IntakeAlarm alarm,
    IOptions<SignUpLimits> limits, TimeProvider clock, ILogger<IntakeDesk> logger)
{
    private const int Codes = 100_000_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1);

    /// <summary>Deals with the form that has waited longest. Any number of programs may do so at once.</summary>
    /// <returns>True when one was dealt with, so that it is worth asking again at once.</returns>
    public async Task<bool> HandleNextAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Intake>().AsNoTracking().Where(one => one.HandledAt == null).OrderBy(one => one.At).ThenBy(one => one.Id).FirstOrDefaultAsync(cancellationToken) is not { } intake
            || await IsTooMuchAsync(db, cancellationToken))
            return false;

        if (!EmailAddress.TryParse(intake.Email, out var address))
        {
            await SetAsideAsync(db, intake, cancellationToken);
            return true;
        }

        await secrets.PrepareAsync(cancellationToken);
        var isSuppressed = await suppressions.ContainsAsync(address.Key, scope: null, cancellationToken);
        var id = Guid.CreateVersion7();
        var unsubscribeHash = await secrets.UnsubscribeHashAsync(id, cancellationToken);

        using var turn = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (await db.Set<Intake>().Where(one => one.Id == intake.Id && one.HandledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.HandledAt, now).SetProperty(one => one.Email, (string?)null), cancellationToken) is 0)
            return true;
        if (!isSuppressed)
        {
            var subscriber = await db.Set<Subscriber>().SingleOrDefaultAsync(one => one.Key == address.Key, cancellationToken);
            if (intake.Kind is IntakeKind.Manage)
                OfferManaging(db, intake, subscriber, now);
            else if (subscriber is { State: SubscriberState.Confirmed })
                Remind(db, intake, subscriber, now);
            else
                await OfferConfirmingAsync(db, intake, address, subscriber ?? New(db, id, unsubscribeHash, address, now), now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogHandled(intake.Id);
        return true;
    }

    /// <summary>What was an address when it was typed and is none by the rules of today must not hold up those behind it.</summary>
    private async Task SetAsideAsync(ArmTwitchDb db, Intake intake, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var turn = await gate.EnterAsync(cancellationToken);
        await db.Set<Intake>().Where(one => one.Id == intake.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.HandledAt, now).SetProperty(one => one.Email, (string?)null), cancellationToken);
        LogNoAddress(intake.Id);
    }

    private static Subscriber New(ArmTwitchDb db, Guid id, byte[] unsubscribeHash, EmailAddress address, DateTimeOffset now)
    {
        var subscriber = new Subscriber { Id = id, Email = address.Text, Key = address.Key, CreatedAt = now, AskedAt = now, UnsubscribeHash = unsubscribeHash };
        db.Add(subscriber);
        return subscriber;
    }

    private async Task<bool> IsTooMuchAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Hour;
        var sent = await db.Set<SubscriberToken>().CountAsync(token => token.MadeAt > since, cancellationToken);
        var tooMuch = limits.Value.Enabled && sent >= limits.Value.ConfirmationsInAnHour;
        if (alarm.Set(tooMuch) && tooMuch)
            LogTooMuch(sent);
        return tooMuch;
    }

    private async Task OfferConfirmingAsync(ArmTwitchDb db, Intake intake, EmailAddress address, Subscriber subscriber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (limit, aDayAgo) = (limits.Value, now - Day);
        var made = await db.Set<SubscriberToken>().Where(token => token.SubscriberId == subscriber.Id && token.Purpose == SubscriberToken.Confirm && token.MadeAt > aDayAgo)
            .Select(token => token.MadeAt).ToListAsync(cancellationToken);
        var isTooSoon = made.Any(at => at > now.AddMinutes(-limit.MinutesBetweenConfirmations)) || made.Count >= limit.ConfirmationsInADay;
        if (subscriber.State is SubscriberState.Complained || (limit.Enabled && isTooSoon))
            return;

        var (token, code) = (Token.New(), RandomNumberGenerator.GetInt32(Codes).ToString("D8", CultureInfo.InvariantCulture));
        subscriber.AskedAt = now;
        subscriber.Wording = intake.Wording;
        subscriber.Page = intake.Page;
        subscriber.CodeHash = await secrets.CodeHashAsync(address.Key, code, cancellationToken);
        subscriber.CodeMadeAt = now;
        AddToken(db, subscriber, SubscriberToken.Confirm, token, now, Subscriptions.ConfirmLife);
        mails.QueueConfirmation(db, intake, address.Text, token, code);
    }

    /// <summary>Whoever has it already is told so at most once a day; nothing changes.</summary>
    private void Remind(ArmTwitchDb db, Intake intake, Subscriber subscriber, DateTimeOffset now)
    {
        if (subscriber.RemindedAt > now - Day)
            return;
        subscriber.RemindedAt = now;
        mails.QueueReminder(db, intake, subscriber.Email!);
    }

    private void OfferManaging(ArmTwitchDb db, Intake intake, Subscriber? subscriber, DateTimeOffset now)
    {
        if (subscriber is null || db.Set<SubscriberToken>().Count(token => token.SubscriberId == subscriber.Id && token.Purpose == SubscriberToken.Manage && token.MadeAt > now - Hour) >= limits.Value.ConfirmationsInADay)
            return;
        var token = Token.New();
        AddToken(db, subscriber, SubscriberToken.Manage, token, now, Subscriptions.ManageLife);
        mails.QueueManageLink(db, intake, subscriber.Email!, token);
    }

    private static void AddToken(ArmTwitchDb db, Subscriber subscriber, string purpose, string token, DateTimeOffset now, TimeSpan life) =>
        db.Add(new SubscriberToken { Hash = Token.Hash(purpose, token)!, Purpose = purpose, SubscriberId = subscriber.Id, MadeAt = now, ExpiresAt = now + life });

    [LoggerMessage(LogLevel.Information, "Intake {IntakeId} is dealt with")]
    private partial void LogHandled(Guid intakeId);

    [LoggerMessage(LogLevel.Error, "Intake {IntakeId} holds no address and is set aside")]
    private partial void LogNoAddress(Guid intakeId);

    [LoggerMessage(LogLevel.Error, "{Count} confirmation mails in the last hour are as many as Limits:ConfirmationsInAnHour allows; further sign-ups wait")]
    private partial void LogTooMuch(int count);
}
