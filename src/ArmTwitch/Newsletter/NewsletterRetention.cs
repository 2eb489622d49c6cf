using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter;

/// <summary>What is kept of subscribers, and until when.</summary>
public sealed class NewsletterRetention(BounceFolder bounces) : IRetention
{
    /// <summary>Until then a mail that was sent before may come back, or somebody may say why they left.</summary>
    public static readonly TimeSpan LeftLife = TimeSpan.FromDays(30);

    public static readonly TimeSpan NameLife = TimeSpan.FromDays(730);

    /// <summary>A used link is kept a little longer than it works, so that whoever presses twice is told why.</summary>
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(8);

    private static readonly TimeSpan FormLife = TimeSpan.FromDays(1);

    public IEnumerable<RetentionRule> Rules =>
    [
        new("unconfirmed-sign-ups", $"{Subscriptions.ConfirmLife.Days} days after it was last asked for", ForgetUnconfirmedAsync),
        new("newsletter-leavers", $"{LeftLife.Days} days after the newsletter ended", ForgetLeaversAsync),
        new("newsletter-forms", $"{FormLife.Days} day; the address only until it is dealt with, at most {Subscriptions.ConfirmLife.Days} days", ForgetFormsAsync),
        new("newsletter-links", $"{LinkLife.Days} days", ForgetLinksAsync),
        new("issue-names", $"{NameLife.Days} days after the step, or as long as the account exists", ForgetNamesAsync),
        new("bounce-files", $"{BounceFolder.Life.Days} days", (round, _) => Task.FromResult(bounces.Tidy(round.Now))),
    ];

    private static Task<int> ForgetUnconfirmedAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var old = round.Now - Subscriptions.ConfirmLife;
        var over = round.Db.Set<Subscriber>().AsNoTracking().Where(one => one.State == SubscriberState.Pending && one.AskedAt <= old);
        return ForgetPeopleAsync(round, over, people => people.ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The row stays, without the address: the link in an old issue still knows whose it is, and that they have left.</summary>
    private static Task<int> ForgetLeaversAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var (old, asked) = (round.Now - LeftLife, round.Now - Subscriptions.ConfirmLife);
        var over = round.Db.Set<Subscriber>().AsNoTracking().Where(one => one.Email != null && one.EndedAt <= old && one.AskedAt <= asked
            && (one.State == SubscriberState.Unsubscribed || one.State == SubscriberState.Bounced || one.State == SubscriberState.Complained));
        return ForgetPeopleAsync(
            round,
            over,
            people => people.ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Email, (string?)null).SetProperty(one => one.Key, (string?)null)
                    .SetProperty(one => one.CodeHash, (byte[]?)null).SetProperty(one => one.CodeMadeAt, (DateTimeOffset?)null),
                cancellationToken),
            cancellationToken);
    }

    /// <summary>Locks the mails first, as the sender and the bounces do. Who has come back since they were looked for keeps theirs.</summary>
    private static Task<int> ForgetPeopleAsync(RetentionRound round, IQueryable<Subscriber> over, Func<IQueryable<Subscriber>, Task<int>> forget, CancellationToken cancellationToken) =>
        round.ForEachBatchAsync(over.Select(one => new Named(one.Id, one.Email, one.Key)), async people =>
        {
            List<Guid> ids = [.. people.Select(one => one.Id)];
            await MailRecords.LockAsync(round.Db, Spellings(people), SubscriptionMails.Cause, cancellationToken);
            var forgotten = await forget(over.Where(one => ids.Contains(one.Id)));
            var kept = await round.Db.Set<Subscriber>().Where(one => ids.Contains(one.Id) && one.Email != null).Select(one => one.Id).ToListAsync(cancellationToken);
            await MailRecords.EraseAsync(round.Db, Spellings(people.Where(one => !kept.Contains(one.Id))), SubscriptionMails.Cause, cancellationToken);
            return forgotten;

            static List<string> Spellings(IEnumerable<Named> some) => [.. some.SelectMany(one => new[] { one.Email, one.Key }).OfType<string>().Distinct()];
        }, cancellationToken);

    private sealed record Named(Guid Id, string? Email, string? Key);

    private static Task<int> ForgetFormsAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var (old, never) = (round.Now - FormLife, round.Now - Subscriptions.ConfirmLife);
        return round.DeleteAsync(round.Db.Set<Intake>().Where(one => (one.HandledAt != null && one.At <= old) || one.At <= never), cancellationToken);
    }

    private static Task<int> ForgetLinksAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var (now, old) = (round.Now, round.Now - LinkLife);
        return round.DeleteAsync(round.Db.Set<SubscriberToken>().Where(one => one.ExpiresAt <= now && one.MadeAt <= old), cancellationToken);
    }

    private static Task<int> ForgetNamesAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var (db, old) = (round.Db, round.Now - NameLife);
        return round.WriteAsync(
            () => db.Set<IssueStep>().Where(step => step.At <= old && step.By != IssueStep.Program && step.By != IssueStep.CommandLine && step.By != IssueStep.Former
                    && !db.Users.Any(moderator => moderator.DisplayName == step.By))
                .ExecuteUpdateAsync(set => set.SetProperty(step => step.By, IssueStep.Former), cancellationToken),
            cancellationToken);
    }
}
