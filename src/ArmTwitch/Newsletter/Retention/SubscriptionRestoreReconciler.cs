using ArmTwitch.Data;
using ArmTwitch.Data.Restoring;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Retention;

/// <summary>
/// Keeps what has happened since the backup: who left, who was erased, and the consent ledger. Sign-ups since then are lost. An issue that
/// may have been sent is not sent by itself.
/// </summary>
public sealed class SubscriptionRestoreReconciler : IRestoreReconciler
{
    public async Task<IReadOnlyList<string>> ReconcileAsync(
        ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await db.CopyMissingRowsAsync<ConsentRecord>(
            """
            NOT EXISTS (SELECT 1 FROM main."ConsentRecords" AS new
                WHERE new."SubscriberId" = old."SubscriberId" AND new."At" = old."At"
                    AND new."Kind" = old."Kind" AND new."Method" = old."Method")
            """,
            numbered: nameof(ConsentRecord.Id),
            cancellationToken);
        var erased = await EraseAsync(db, now, cancellationToken);
        var left = await db.UpdateRowsAsync<Subscriber>(
            ["State", "EndedAt"],
            """
            old."Id" = new."Id" AND old."State" IN ('Unsubscribed', 'Bounced', 'Complained') AND new."State" IN ('Pending', 'Confirmed')
                AND old."EndedAt" > COALESCE(new."ConfirmedAt", 0)
            """,
            cancellationToken);
        await db.UpdateRowsAsync<SubscriptionRequest>(
            """old."Id" = new."Id" AND new."HandledAt" IS NULL AND old."HandledAt" IS NOT NULL""",
            cancellationToken);
        await UpdateIssuesAsync(db, cancellationToken);
        return
        [
            .. left is 0 ? Array.Empty<string>() : [$"{People(left)} left the newsletter since the backup and stay away."],
            .. erased is 0
                ? Array.Empty<string>()
                : [$"{People(erased)} had the newsletter's part erased since the backup; it is erased again."],
            .. await HoldIssuesAsync(
                db,
                """
                AND NOT EXISTS (SELECT 1 FROM before."NewsletterIssues" AS old WHERE old."Id" = new."Id" AND old."State" = 'Scheduled')
                """,
                cancellationToken),
        ];
    }

    public Task<IReadOnlyList<string>> HoldAsync(ArmTwitchDb db, CancellationToken cancellationToken = default) =>
        HoldIssuesAsync(db, "", cancellationToken);

    private static async Task<int> EraseAsync(ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = await db.Database.SqlQuery<Guid>(
            $"""
            SELECT new."Id" AS "Value" FROM main."Subscribers" AS new JOIN before."Subscribers" AS old ON old."Id" = new."Id"
            WHERE old."State" = 'Erased' AND new."State" <> 'Erased'
            """).ToListAsync(cancellationToken);
        foreach (var id in ids)
            await SubscriptionService.EndSubscriptionAsync(
                db, await db.Set<Subscriber>().AsNoTracking().SingleAsync(one => one.Id == id, cancellationToken), now, cancellationToken);
        return ids.Count;
    }

    /// <summary>Takes over issues that are further on in the old database, and those that began after the backup.</summary>
    private static async Task UpdateIssuesAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        await db.CopyMissingRowsAsync<Issue>(
            """old."MailingId" IN (SELECT "Id" FROM main."Mailings")""", cancellationToken: cancellationToken);
        await db.UpdateRowsAsync<Issue>(
            [
                "State", "Subject", "Preheader", "ScheduledFor", "PreparedAt", "PublishedAt", "DoneAt", "MailingId", "Body", "Articles",
                "Trouble"
            ],
            """
            old."Id" = new."Id" AND old."State" IN ('Sending', 'Paused', 'Sent', 'SentWithProblems', 'Cancelled')
                AND new."State" IN ('Draft', 'Scheduled', 'Preparing', 'PrepareFailed', 'Sending', 'Paused')
            """,
            cancellationToken);
    }

    /// <summary>
    /// Has issues wait for an editor that may have been sent. They lose the mailing that was being prepared, as after any other trouble:
    /// the editor looks at the text as it is now.
    /// </summary>
    /// <param name="andUnknown">SQL about <c>new</c>, for scheduled issues of which nobody knows; empty when that is all of them.</param>
    private static async Task<IReadOnlyList<string>> HoldIssuesAsync(ArmTwitchDb db, string andUnknown, CancellationToken cancellationToken)
    {
        var held = await db.ExecuteAsync(
            $"""
            UPDATE "NewsletterIssues" AS new SET "State" = 'PrepareFailed', "MailingId" = NULL,
                "Trouble" = 'A backup was restored. See whether this issue was sent since; if not, send it again.'
            WHERE "State" = 'Preparing' OR ("State" = 'Scheduled' {andUnknown})
            """,
            cancellationToken);
        return held is 0
            ? []
            : [$"{held} scheduled {(held is 1 ? "issue waits" : "issues wait")} for an editor at /moderation/newsletter: "
                + "it may have been sent since the backup."];
    }

    private static string People(int count) => count is 1 ? "1 person" : $"{count} people";
}
