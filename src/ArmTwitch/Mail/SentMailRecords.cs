using ArmTwitch.Data;
using ArmTwitch.Mail.Queueing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail;

/// <summary>Finds, erases and cancels rows of the outbox for features: by Message-ID, by recipient, or by cause.</summary>
public static class SentMailRecords
{
    /// <summary>Other or undefined, temporary (RFC 3463, 3.1).</summary>
    private const string Undefined = "4.0.0";

    /// <summary>The end of the address of an erased recipient. No mail can be sent to it (RFC 2606).</summary>
    internal const string Nobody = "@invalid";

    /// <summary>A bounce may quote the Message-IDs of a long thread.</summary>
    private const int MostIds = 50;

    /// <summary>The first mail with one of these Message-IDs. Only recipients and their servers know them.</summary>
    /// <param name="messageIds">Without the angle brackets.</param>
    public static async Task<OutgoingMail?> FindAsync(
        ArmTwitchDb db, IEnumerable<string> messageIds, CancellationToken cancellationToken = default)
    {
        foreach (var messageId in messageIds.Distinct().Take(MostIds))
        {
            if (!Guid.TryParseExact(messageId.Split('@')[0], "N", out var id))
                continue;
            var mails = db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.MessageId == messageId);
            // Older mails about decisions have another id in their Message-ID. There is no index by MessageId, but they are few.
            var found = await mails.SingleOrDefaultAsync(mail => mail.Id == id, cancellationToken)
                ?? await mails.FirstOrDefaultAsync(mail => mail.MailingId == null, cancellationToken);
            if (found is not null)
                return found;
        }

        return null;
    }

    /// <summary>Records that an accepted mail bounced. Part of the caller's transaction.</summary>
    /// <param name="status">The enhanced status (RFC 3463) of the bounce; null when it has none.</param>
    /// <returns>False when a bounce of it was recorded before.</returns>
    public static async Task<bool> TryMarkBouncedAsync(
        ArmTwitchDb db, Guid id, string? status, CancellationToken cancellationToken = default)
    {
        var known = status ?? Undefined;
        return await db.Set<OutgoingMail>().Where(mail => mail.Id == id && (mail.Status == null || mail.Status.StartsWith("2.")))
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, known), cancellationToken) is 1;
    }

    /// <summary>
    /// Takes a person out of the mails that were sent to them. What became of each mail stays, so that the counts still add up. Part of
    /// the caller's transaction; what still waits is cancelled.
    /// </summary>
    /// <param name="spellings">The address as it was written to.</param>
    /// <returns>How many mails named the address.</returns>
    public static Task<int> EraseAsync(
        ArmTwitchDb db, IReadOnlyCollection<string> spellings, CancellationToken cancellationToken = default) =>
        EraseAsync(db, spellings, "", cancellationToken);

    /// <summary>
    /// The same, but only for copies of mailings and for single mails whose cause begins so: others may still write to that address.
    /// </summary>
    /// <inheritdoc cref="EraseAsync(ArmTwitchDb, IReadOnlyCollection{string}, CancellationToken)" path="/returns"/>
    public static async Task<int> EraseAsync(
        ArmTwitchDb db, IReadOnlyCollection<string> spellings, string cause, CancellationToken cancellationToken = default) =>
        await EraseAsync(db, await FindAsync(db, spellings, cause, cancellationToken), cancellationToken);

    /// <summary>
    /// Locks what <see cref="EraseAsync(ArmTwitchDb, IReadOnlyCollection{string}, string, CancellationToken)"/> would erase.
    /// </summary>
    internal static async Task LockAsync(
        ArmTwitchDb db, IReadOnlyCollection<string> spellings, string cause, CancellationToken cancellationToken) =>
        await LockAsync(db, await FindAsync(db, spellings, cause, cancellationToken), cancellationToken);

    private static async Task<List<Guid>> FindAsync(
        ArmTwitchDb db, IReadOnlyCollection<string> spellings, string cause, CancellationToken cancellationToken)
    {
        var mailings = await db.Set<Mailing>().Where(mailing => mailing.PrunedAt == null).Select(mailing => mailing.Id)
            .ToListAsync(cancellationToken);
        var copies = await CopiesTo(db, spellings, mailings).Select(mail => mail.Id).ToListAsync(cancellationToken);
        var others = await OthersTo(db, spellings, cause).Select(mail => mail.Id).ToListAsync(cancellationToken);
        return [.. copies, .. others];
    }

    /// <summary>
    /// By cause and recipient, which have an index together. Without the causes all copies of all issues would be read under the write
    /// lock.
    /// </summary>
    internal static IQueryable<OutgoingMail> CopiesTo(ArmTwitchDb db, IReadOnlyCollection<string> spellings, IEnumerable<Guid> mailings)
    {
        var causes = mailings.Select(MailingService.CauseOf).ToList();
        return db.Set<OutgoingMail>().Where(mail => causes.Contains(mail.Cause) && spellings.Contains(mail.To));
    }

    /// <summary>Mails outside mailings. They are few: the retention rules delete them after some weeks.</summary>
    internal static IQueryable<OutgoingMail> OthersTo(ArmTwitchDb db, IReadOnlyCollection<string> spellings, string cause) =>
        db.Set<OutgoingMail>().Where(mail => mail.MailingId == null && spellings.Contains(mail.To) && mail.Cause.StartsWith(cause));

    /// <summary>The same for the single mails whose cause begins so, whomever they went to.</summary>
    /// <inheritdoc cref="EraseAsync(ArmTwitchDb, IReadOnlyCollection{string}, CancellationToken)" path="/returns"/>
    public static async Task<int> EraseByCauseAsync(ArmTwitchDb db, string cause, CancellationToken cancellationToken = default)
    {
        // Without the copies of issues, which would be read one by one.
        var ids = await db.Set<OutgoingMail>().Where(mail => mail.MailingId == null && mail.Cause.StartsWith(cause))
            .Select(mail => mail.Id).ToListAsync(cancellationToken);
        return await EraseAsync(db, ids, cancellationToken);
    }

    /// <summary>
    /// Cancels the single mails whose cause begins so. One that is on its way or unknown may still arrive, but is not tried again. Part of
    /// the caller's transaction.
    /// </summary>
    public static async Task<int> CancelByCauseAsync(ArmTwitchDb db, string cause, CancellationToken cancellationToken = default)
    {
        var open = db.Set<OutgoingMail>().Where(mail => mail.MailingId == null && mail.Cause.StartsWith(cause))
            .Where(mail => mail.State == MailState.Queued || mail.State == MailState.Claimed
                || mail.State == MailState.Submitting || mail.State == MailState.InDoubt);
        await LockAsync(db, await open.Select(mail => mail.Id).ToListAsync(cancellationToken), cancellationToken);
        return await open.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.Cancelled), cancellationToken);
    }

    /// <summary>Cancels one mail if it waits. Part of the caller's transaction.</summary>
    /// <returns>False when it was sent, or may have been.</returns>
    public static async Task<bool> TryCancelAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken = default)
    {
        var mail = db.Set<OutgoingMail>().Where(one => one.Id == id);
        return await CancelAsync(mail, cancellationToken) > 0
            || !await mail.AnyAsync(
                one => one.State == MailState.Submitting || one.State == MailState.InDoubt || one.State == MailState.Sent,
                cancellationToken);
    }

    /// <summary>
    /// Queues a mail again that was cancelled before its first try; one that was tried may have arrived. Part of the caller's transaction.
    /// </summary>
    /// <param name="to">The recipient. A mail whose recipient was erased stays cancelled.</param>
    public static Task<int> QueueAgainAsync(ArmTwitchDb db, string cause, string to, CancellationToken cancellationToken = default) =>
        db.Set<OutgoingMail>()
            .Where(mail => mail.Cause == cause && mail.To == to && mail.State == MailState.Cancelled && mail.Attempts == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.Queued), cancellationToken);

    /// <summary>Whether the newest of the single mails whose cause begins so was cancelled before its first try.</summary>
    public static async Task<bool> IsLastCancelledAsync(ArmTwitchDb db, string cause, CancellationToken cancellationToken = default) =>
        await db.Set<OutgoingMail>().Where(mail => mail.MailingId == null && mail.Cause.StartsWith(cause))
            .OrderByDescending(mail => mail.QueuedAt)
            .Select(mail => new { mail.State, mail.Attempts }).FirstOrDefaultAsync(cancellationToken)
            is { State: MailState.Cancelled, Attempts: 0 };

    internal static async Task<int> EraseAsync(ArmTwitchDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await LockAsync(db, ids, cancellationToken);
        // One statement: between two, the sender may queue the mail again.
        return await db.Set<OutgoingMail>().Where(mail => ids.Contains(mail.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(
                    mail => mail.State,
                    mail => mail.State == MailState.Queued || mail.State == MailState.Claimed ? MailState.Cancelled : mail.State)
                .SetProperty(mail => mail.To, mail => "erased-" + mail.Id.ToString() + Nobody)
                .SetProperty(mail => mail.Text, "")
                .SetProperty(mail => mail.Html, "")
                .SetProperty(mail => mail.UnsubscribeAddress, (string?)null)
                .SetProperty(mail => mail.ManageAddress, (string?)null)
                .SetProperty(mail => mail.Answer, (string?)null),
            cancellationToken);
    }

    /// <summary>
    /// Locks rows, always in the order of their ids, so that two transactions cannot deadlock. SQLite has one writer at a time.
    /// </summary>
    internal static async Task LockAsync(ArmTwitchDb db, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        Guid[] all = [.. ids];
        if (all.Length > 0 && !db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync(
                $"""SELECT 1 FROM "OutgoingMails" WHERE "Id" = ANY({all}) ORDER BY "Id" FOR UPDATE""", cancellationToken);
        }
    }

    private static Task<int> CancelAsync(IQueryable<OutgoingMail> mails, CancellationToken cancellationToken) =>
        mails.Where(mail => mail.State == MailState.Queued || mail.State == MailState.Claimed)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.Cancelled), cancellationToken);
}
