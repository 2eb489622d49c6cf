using ArmTwitch.Data;
using ArmTwitch.Data.Files;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail.Transports;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail.Retention;

/// <summary>How long mails are kept.</summary>
public sealed class MailRetentionRules(DataFolder data) : IRetentionRules
{
    /// <summary>Bounces and complaints arrive within this time, and operators settle unknown and refused mails.</summary>
    public static readonly TimeSpan MailLife = TimeSpan.FromDays(30);

    /// <summary>As long as an unconfirmed address is kept: a file may be its confirmation mail.</summary>
    public static readonly TimeSpan FileLife = TimeSpan.FromDays(7);

    private static readonly MailState[] Waiting = [MailState.Queued, MailState.Claimed, MailState.Submitting];

    public IEnumerable<RetentionRule> Rules =>
    [
        new("mails", $"{MailLife.Days} days after it was queued, once it waits no longer", DeleteMailsAsync),
        new("newsletter-copies", $"{MailLife.Days} days after the issue has been sent", DeleteRecipientRowsAsync),
        new("mail-files", $"{FileLife.Days} days", DeletePickupFilesAsync),
    ];

    private static Task<int> DeleteMailsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, old) = (context.Db, context.Now - MailLife);
        var over = db.Set<OutgoingMail>()
            .Where(mail => mail.MailingId == null && !Waiting.Contains(mail.State) && mail.QueuedAt <= old).Select(mail => mail.Id);
        return context.ForEachBatchAsync(
            over,
            ids => db.Set<OutgoingMail>().Where(mail => ids.Contains(mail.Id) && !Waiting.Contains(mail.State))
                .ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>
    /// The rows stay without their addresses, so that the count of an issue still adds up. The text is deleted last: while it is there, the
    /// work is not finished.
    /// </summary>
    private static async Task<int> DeleteRecipientRowsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, now, old, gone) = (context.Db, context.Now, context.Now - MailLife, 0);
        foreach (var id in await db.Set<Mailing>().Where(one => one.DoneAt <= old && one.PrunedAt == null)
            .Select(one => one.Id).ToListAsync(cancellationToken))
        {
            var copies = db.Set<OutgoingMail>()
                .Where(mail => mail.MailingId == id && !mail.To.EndsWith(SentMailRecords.Nobody)).Select(mail => mail.Id);
            gone += await context.ForEachBatchAsync(
                copies, ids => SentMailRecords.EraseAsync(db, ids, cancellationToken), cancellationToken);
            gone += await context.WriteAsync(
                () => db.Set<Mailing>().Where(one => one.Id == id).ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.Text, "").SetProperty(one => one.Html, "").SetProperty(one => one.PrunedAt, now),
                    cancellationToken),
                cancellationToken);
        }

        return gone;
    }

    private Task<int> DeletePickupFilesAsync(RetentionContext context, CancellationToken cancellationToken) =>
        Task.FromResult(OldFileCleanup.Delete(PickupTransport.FolderIn(data), context.Now - FileLife));
}
