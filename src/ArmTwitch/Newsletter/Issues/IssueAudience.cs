using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Pages;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>
/// Who gets an issue: everybody who has confirmed when the recipients are fixed (<see cref="MailingService.FreezeAsync"/>).
/// </summary>
public sealed class IssueAudience(IDbContextFactory<ArmTwitchDb> databases, SubscriberSecrets secrets, Site site)
{
    /// <summary>How many people would get an issue now.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Subscriber>().CountAsync(one => one.State == SubscriberState.Confirmed, cancellationToken);
    }

    /// <summary>Reads them in batches, each with their own unsubscribe link.</summary>
    internal NextRecipients Read()
    {
        var last = "";
        return async (db, most, cancellationToken) =>
        {
            var recipients = new List<MailingRecipient>();
            foreach (var one in await ConfirmedAfter(db, last, most).AsNoTracking().ToListAsync(cancellationToken))
            {
                var token = await secrets.UnsubscribeTokenAsync(one.Id, cancellationToken);
                recipients.Add(new MailingRecipient(one.Email!, site.Absolute($"/newsletter/unsubscribe?token={token}")));
                last = one.Key!;
            }

            return recipients;
        };
    }

    /// <summary>Ordered by key, as subscribers are locked everywhere, to avoid deadlocks; SQLite has one writer at a time.</summary>
    private static IQueryable<Subscriber> ConfirmedAfter(ArmTwitchDb db, string key, int most) => db.Database.IsSqlite()
        ? db.Set<Subscriber>().FromSql(
            $"""SELECT * FROM "Subscribers" WHERE "State" = 'Confirmed' AND "Key" > {key} ORDER BY "Key" LIMIT {most}""")
        : db.Set<Subscriber>().FromSql(
            $"""SELECT * FROM "Subscribers" WHERE "State" = 'Confirmed' AND "Key" > {key} ORDER BY "Key" LIMIT {most} FOR SHARE""");
}
