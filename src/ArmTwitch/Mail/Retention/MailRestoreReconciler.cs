using ArmTwitch.Data;
using ArmTwitch.Data.Restoring;
using ArmTwitch.Mail.Queueing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail.Retention;

/// <summary>
/// Prevents that a restored backup sends mails a second time. Results in the old database count; mails without a known result become
/// unknown; and all mailings are paused until an editor resumes them.
/// </summary>
public sealed class MailRestoreReconciler : IRestoreReconciler
{
    private const string PausedBecause =
        "A backup was restored. Where it says waiting, the mail may have gone since: look at the mail server's log, then resume or cancel.";

    public async Task<IReadOnlyList<string>> ReconcileAsync(
        ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var suppressed = await db.CopyMissingRowsAsync<Suppression>("TRUE", cancellationToken: cancellationToken);
        await UpdateMailingsAsync(db, cancellationToken);
        var known = await db.UpdateRowsAsync<OutgoingMail>(
            ["State", "DueAt", "Attempts", "FirstTriedAt", "Fence", "SentAt", "Answer", "Status"],
            """old."Id" = new."Id" AND old."Fence" >= new."Fence" AND new."State" IN ('Queued', 'Claimed', 'Submitting', 'InDoubt') AND old."State" <> new."State" """,
            cancellationToken);
        await db.CopyMissingRowsAsync<OutgoingMail>(
            """old."MailingId" IN (SELECT "Id" FROM main."Mailings")""", cancellationToken: cancellationToken);
        return
        [
            .. Line(suppressed, "address more is", "addresses more are", "not written to, as the database of before knows."),
            .. Line(known, "mail stands", "mails stand", "where the database of before says."),
            .. await HoldAsync(
                db,
                """AND NOT EXISTS (SELECT 1 FROM before."OutgoingMails" AS old WHERE old."Id" = new."Id" AND old."Fence" >= new."Fence")""",
                cancellationToken),
        ];
    }

    public Task<IReadOnlyList<string>> HoldAsync(ArmTwitchDb db, CancellationToken cancellationToken = default) =>
        HoldAsync(db, "", cancellationToken);

    /// <param name="andUnknown">SQL about <c>new</c>, for mails whose end is not known; empty when that of none is.</param>
    private static async Task<IReadOnlyList<string>> HoldAsync(ArmTwitchDb db, string andUnknown, CancellationToken cancellationToken)
    {
        var unknown = await MarkUnknownAsync(db, andUnknown, cancellationToken);
        await CancelHeldAsync(db, cancellationToken);
        var paused = await MailingService.PauseAllAsync(db, PausedBecause, cancellationToken);
        return
        [
            .. Line(
                unknown, "mail is", "mails are", "unknown: 'mail list --state in-doubt' shows them, and 'mail resolve' settles them."),
            .. Line(
                paused, "mailing is", "mailings are",
                "paused: look at the mail server's log, then an editor resumes or cancels at /moderation/newsletter."),
        ];
    }

    /// <summary>Takes over mailings that are further on in the old database, and those that began after the backup.</summary>
    private static async Task UpdateMailingsAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        await db.CopyMissingRowsAsync<Mailing>("TRUE", cancellationToken: cancellationToken);
        await db.UpdateRowsAsync<Mailing>(
            ["State", "Audience", "StartedAt", "RunningSince", "Tried", "HardBounces", "Complaints", "DoneAt", "PausedBecause"],
            """
            old."Id" = new."Id" AND ((new."State" = 'Held' AND old."State" <> 'Held') OR (new."State" IN ('Sending', 'Paused') AND old."State" IN ('Cancelled', 'Done')))
            """,
            cancellationToken);
    }

    /// <summary>
    /// What was on its way, or would have been within seconds, has most likely arrived. Not even repeatable mails are repeated, because the
    /// backup can be many days old.
    /// </summary>
    private static Task<int> MarkUnknownAsync(ArmTwitchDb db, string andUnknown, CancellationToken cancellationToken) => db.ExecuteAsync(
        $"""
        UPDATE "OutgoingMails" AS new
        SET "State" = 'InDoubt', "MayRepeat" = FALSE, "Answer" = 'A backup was restored in which this mail waited.'
        WHERE ("State" IN ('Claimed', 'Submitting') OR ("MailingId" IS NULL AND ("State" = 'Queued' OR ("State" = 'InDoubt' AND "MayRepeat"))))
            {andUnknown}
        """,
        cancellationToken);

    /// <summary>Held mailings would start by themselves.</summary>
    private static Task<int> CancelHeldAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        db.Set<Mailing>().Where(mailing => mailing.State == MailingState.Held).ExecuteUpdateAsync(
            set => set.SetProperty(mailing => mailing.State, MailingState.Cancelled)
                .SetProperty(
                    mailing => mailing.Audience,
                    mailing => mailing.Audience ?? db.Set<OutgoingMail>().Count(mail => mail.MailingId == mailing.Id)),
            cancellationToken);

    private static string[] Line(int count, string one, string many, string what) =>
        count is 0 ? [] : [$"{count} {(count is 1 ? one : many)} {what}"];
}
