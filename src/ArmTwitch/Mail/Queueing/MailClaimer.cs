using ArmTwitch.Data;
using ArmTwitch.Data.Bulk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// Claims due mails for the length of a lease, and marks claimed ones as on their way. Everything here is part of the caller's transaction.
/// </summary>
public sealed class MailClaimer(SuppressionList suppressions, IOptions<MailOptions> options)
{
    /// <summary>
    /// Marks claimed mails as on their way. This must be committed before the mail server sees the first byte, so that a killed program
    /// leaves a trace of every mail that may have arrived.
    /// </summary>
    /// <returns>Those that are marked; the others are no longer claimed, or their mailing was paused.</returns>
    internal async Task<IReadOnlyList<OutgoingMail>> SubmitAsync(
        ArmTwitchDb db, IReadOnlyCollection<OutgoingMail> ready, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ready.Count is 0)
            return [];
        var until = now + options.Value.Lease;
        var moved = await db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = 'Submitting', "DueAt" = @DueAt, "Attempts" = "Attempts" + 1,
                "FirstTriedAt" = COALESCE("FirstTriedAt", @FirstTriedAt)
            WHERE "Id" = @Id AND "Fence" = @Fence AND "State" = 'Claimed' AND ("MailingId" IS NULL OR EXISTS
                (SELECT 1 FROM "Mailings" WHERE "Mailings"."Id" = "OutgoingMails"."MailingId" AND "Mailings"."State" = 'Sending'))
            """,
            ["Id", "Fence", "DueAt", "FirstTriedAt"],
            ready.Select(mail => new object?[] { mail.Id, mail.Fence, until, now }),
            cancellationToken);
        if (moved.All(count => count > 0))
            return [.. ready];
        // Mails of a mailing that was paused meanwhile are queued again at once.
        await db.ExecuteForEachAsync<OutgoingMail>(
            """UPDATE "OutgoingMails" SET "State" = 'Queued', "DueAt" = @DueAt WHERE "Id" = @Id AND "Fence" = @Fence AND "State" = 'Claimed'""",
            ["Id", "Fence", "DueAt"],
            ready.Where((_, index) => moved[index] is 0).Select(mail => new object?[] { mail.Id, mail.Fence, now }),
            cancellationToken);
        return [.. ready.Where((_, index) => moved[index] > 0)];
    }

    /// <summary>Claims the most urgent of the due mails.</summary>
    /// <returns>The claimed mails, and how many rows were taken: suppressed ones count, too.</returns>
    internal async Task<(IReadOnlyList<OutgoingMail> Claimed, int Taken)> ClaimAsync(
        ArmTwitchDb db, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (most <= 0)
            return ([], 0);
        var mails = await LockedForUpdate(db, null, now, most).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var mailing in mails.Count < most ? await SendingAsync(db, cancellationToken) : [])
        {
            if (mails.Count >= most)
                break;
            var room = Math.Min(most - mails.Count, await MailingAutoPause.RoomAsync(db, mailing!.Value, cancellationToken));
            mails.AddRange(await LockedForUpdate(db, mailing, now, room).AsNoTracking().ToListAsync(cancellationToken));
        }

        if (mails.Count is 0)
            return ([], 0);
        var until = now + options.Value.Lease;
        var suppressed = await suppressions.FindAsync(db, [.. mails.Select(mail => (mail.To, mail.SuppressionScope))], cancellationToken);
        foreach (var (index, mail) in mails.Index())
        {
            // The time for which it was due and could not leave must not use up its retries.
            mail.FirstTriedAt += now - mail.DueAt;
            (mail.State, mail.Fence, mail.DueAt) = (suppressed[index] ? MailState.Suppressed : MailState.Claimed, mail.Fence + 1, until);
        }

        var moved = await db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = @State, "Fence" = @Fence, "DueAt" = @DueAt, "FirstTriedAt" = @FirstTriedAt
            WHERE "Id" = @Id AND "Fence" = @Fence - 1 AND "State" = 'Queued'
            """,
            ["Id", "Fence", "State", "DueAt", "FirstTriedAt"],
            mails.Select(mail => new object?[] { mail.Id, mail.Fence, mail.State, mail.DueAt, mail.FirstTriedAt }),
            cancellationToken);
        return ([.. mails.Where((mail, index) => moved[index] > 0 && mail.State is MailState.Claimed)], mails.Count);
    }

    internal static async Task<bool> IsAnyDueAsync(ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var mailing in (await SendingAsync(db, cancellationToken)).Prepend(null))
        {
            if (await DueQuery(db, mailing, now).AnyAsync(cancellationToken))
                return true;
        }

        return false;
    }

    /// <summary>The mailings whose mails may leave, the most urgent first.</summary>
    private static Task<List<Guid?>> SendingAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        db.Set<Mailing>().Where(mailing => mailing.State == MailingState.Sending)
            .OrderBy(mailing => mailing.Priority).ThenBy(mailing => mailing.StartedAt)
            .Select(mailing => (Guid?)mailing.Id).ToListAsync(cancellationToken);

    /// <summary>The due mails of one mailing; with null, of those outside any mailing.</summary>
    private static IQueryable<OutgoingMail> DueQuery(ArmTwitchDb db, Guid? mailing, DateTimeOffset now) =>
        OfMailing(db, mailing).Where(mail => mail.State == MailState.Queued && mail.DueAt <= now);

    /// <remarks>
    /// Without <c>INDEXED BY</c> SQLite scans and sorts everything that waits by <c>DueAt</c>, which with a mailing of 100,000 is too slow.
    /// </remarks>
    private static IQueryable<OutgoingMail> OfMailing(ArmTwitchDb db, Guid? mailing)
    {
        if (!db.Database.IsSqlite())
            return db.Set<OutgoingMail>().Where(mail => mail.MailingId == mailing);
        return mailing is null
            ? db.Set<OutgoingMail>().FromSql(
                $"""SELECT * FROM "OutgoingMails" INDEXED BY "IX_OutgoingMails_MailingId_State_Priority_DueAt" WHERE "MailingId" IS NULL""")
            : db.Set<OutgoingMail>().FromSql(
                $"""SELECT * FROM "OutgoingMails" INDEXED BY "IX_OutgoingMails_MailingId_State_Priority_DueAt" WHERE "MailingId" = {mailing}""");
    }

    /// <summary>
    /// The first due mails in the order of the index: thousands of a mailing are due at the same moment. Where several programs share
    /// PostgreSQL, each skips the rows that another has locked.
    /// </summary>
    private static IQueryable<OutgoingMail> LockedForUpdate(ArmTwitchDb db, Guid? mailing, DateTimeOffset now, int most)
    {
        if (db.Database.IsSqlite())
            return DueQuery(db, mailing, now).OrderBy(mail => mail.Priority).ThenBy(mail => mail.DueAt).Take(most);
        return mailing is null
            ? db.Set<OutgoingMail>().FromSql(
                $"""SELECT * FROM "OutgoingMails" WHERE "MailingId" IS NULL AND "State" = 'Queued' AND "DueAt" <= {now} ORDER BY "Priority", "DueAt" LIMIT {most} FOR UPDATE SKIP LOCKED""")
            : db.Set<OutgoingMail>().FromSql(
                $"""SELECT * FROM "OutgoingMails" WHERE "MailingId" = {mailing} AND "State" = 'Queued' AND "DueAt" <= {now} ORDER BY "Priority", "DueAt" LIMIT {most} FOR UPDATE SKIP LOCKED""");
    }
}
