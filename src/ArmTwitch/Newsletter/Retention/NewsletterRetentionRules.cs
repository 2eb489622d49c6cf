using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Retention;

/// <summary>What is stored about subscribers, and until when.</summary>
public sealed class NewsletterRetentionRules(BounceFolderReader bounces) : IRetentionRules
{
    /// <summary>Until then a mail that was sent before may bounce, or somebody may say why they left.</summary>
    public static readonly TimeSpan LeftLife = TimeSpan.FromDays(30);

    public static readonly TimeSpan NameLife = TimeSpan.FromDays(730);

    /// <summary>A used link is kept one day longer than it works, so that a second use can be told from an unknown link.</summary>
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(8);

    private static readonly TimeSpan FormLife = TimeSpan.FromDays(1);

    public IEnumerable<RetentionRule> Rules =>
    [
        new("unconfirmed-sign-ups", $"{ConfirmationService.LinkLife.Days} days after it was last asked for", DeleteUnconfirmedAsync),
        new("newsletter-leavers", $"{LeftLife.Days} days after the newsletter ended", DeleteUnsubscribedAsync),
        new(
            "newsletter-forms",
            $"{FormLife.Days} day; the address only until it is dealt with, at most {ConfirmationService.LinkLife.Days} days",
            DeleteRequestsAsync),
        new("newsletter-links", $"{LinkLife.Days} days", DeleteTokensAsync),
        new("issue-names", $"{NameLife.Days} days after the step, or as long as the account exists", DeleteNamesAsync),
        new("bounce-files", $"{BounceFolderReader.Life.Days} days", (context, _) => Task.FromResult(bounces.DeleteOldFiles(context.Now))),
    ];

    private static Task<int> DeleteUnconfirmedAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var old = context.Now - ConfirmationService.LinkLife;
        var over = context.Db.Set<Subscriber>().AsNoTracking().Where(one => one.State == SubscriberState.Pending && one.AskedAt <= old);
        return EraseMailsThenDeleteAsync(context, over, people => people.ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Only the personal data is deleted, see <see cref="Subscriber.ClearPersonalData"/>.</summary>
    private static Task<int> DeleteUnsubscribedAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (old, asked) = (context.Now - LeftLife, context.Now - ConfirmationService.LinkLife);
        var over = context.Db.Set<Subscriber>().AsNoTracking().Where(one => one.Email != null && one.EndedAt <= old && one.AskedAt <= asked
            && (one.State == SubscriberState.Unsubscribed
                || one.State == SubscriberState.Bounced || one.State == SubscriberState.Complained));
        return EraseMailsThenDeleteAsync(
            context,
            over,
            people => people.ExecuteUpdateAsync(Subscriber.ClearPersonalData, cancellationToken),
            cancellationToken);
    }

    /// <summary>
    /// Locks the mails first, as the mail sender and the bounces do. Whoever has subscribed again meanwhile keeps their data.
    /// </summary>
    private static Task<int> EraseMailsThenDeleteAsync(
        RetentionContext context, IQueryable<Subscriber> over, Func<IQueryable<Subscriber>, Task<int>> erase,
        CancellationToken cancellationToken) =>
        context.ForEachBatchAsync(over.Select(one => new PersonToErase(one.Id, one.Email, one.Key)), async people =>
        {
            List<Guid> ids = [.. people.Select(one => one.Id)];
            await SentMailRecords.LockAsync(context.Db, Spellings(people), SubscriptionMailer.Cause, cancellationToken);
            var erased = await erase(over.Where(one => ids.Contains(one.Id)));
            var kept = await context.Db.Set<Subscriber>().Where(one => ids.Contains(one.Id) && one.Email != null)
                .Select(one => one.Id).ToListAsync(cancellationToken);
            await SentMailRecords.EraseAsync(
                context.Db, Spellings(people.Where(one => !kept.Contains(one.Id))), SubscriptionMailer.Cause, cancellationToken);
            return erased;

            static List<string> Spellings(IEnumerable<PersonToErase> some) =>
                [.. some.SelectMany(one => new[] { one.Email, one.Key }).OfType<string>().Distinct()];
        }, cancellationToken);

    private sealed record PersonToErase(Guid Id, string? Email, string? Key);

    private static Task<int> DeleteRequestsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (old, never) = (context.Now - FormLife, context.Now - ConfirmationService.LinkLife);
        return context.DeleteAsync(
            context.Db.Set<SubscriptionRequest>().Where(one => (one.HandledAt != null && one.At <= old) || one.At <= never), cancellationToken);
    }

    private static Task<int> DeleteTokensAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (now, old) = (context.Now, context.Now - LinkLife);
        return context.DeleteAsync(
            context.Db.Set<SubscriberToken>().Where(one => one.ExpiresAt <= now && one.MadeAt <= old), cancellationToken);
    }

    private static Task<int> DeleteNamesAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, old) = (context.Db, context.Now - NameLife);
        return context.WriteAsync(
            () => db.Set<IssueAuditEntry>().Where(step =>
                step.At <= old && step.By != IssueAuditEntry.Program && step.By != IssueAuditEntry.CommandLine && step.By != IssueAuditEntry.Former
                        && !db.Users.Any(moderator => moderator.DisplayName == step.By))
                .ExecuteUpdateAsync(set => set.SetProperty(step => step.By, IssueAuditEntry.Former), cancellationToken),
            cancellationToken);
    }
}
