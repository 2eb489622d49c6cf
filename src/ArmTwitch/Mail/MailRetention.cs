using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail;

/// <summary>What is kept of mails, and until when.</summary>
public sealed class MailRetention(DataFolder data) : IRetention
{
    /// <summary>Bounces and complaints come within this time, and an operator can settle what is dead or in doubt.</summary>
    public static readonly TimeSpan MailLife = TimeSpan.FromDays(30);

    /// <summary>As long as an address that was never confirmed: its mail may lie here.</summary>
    public static readonly TimeSpan FileLife = TimeSpan.FromDays(7);

    private static readonly MailState[] Waiting = [MailState.Queued, MailState.Claimed, MailState.Submitting];

    public IEnumerable<RetentionRule> Rules =>
    [
        new("mails", $"{MailLife.Days} days after it was queued, once it waits no longer", ForgetMailsAsync),
        new("newsletter-copies", $"{MailLife.Days} days after the issue has been sent", ForgetCopiesAsync),
        new("mail-files", $"{FileLife.Days} days", ForgetFilesAsync),
    ];

    private static Task<int> ForgetMailsAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var (db, old) = (round.Db, round.Now - MailLife);
        var over = db.Set<OutgoingMail>().Where(mail => mail.MailingId == null && !Waiting.Contains(mail.State) && mail.QueuedAt <= old).Select(mail => mail.Id);
        return round.ForEachBatchAsync(
            over, ids => db.Set<OutgoingMail>().Where(mail => ids.Contains(mail.Id) && !Waiting.Contains(mail.State)).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The rows stay, so that the count of an issue still adds up; nobody is named in them any more. The text goes last: while it is there, the rest is not done.</summary>
    private static async Task<int> ForgetCopiesAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var (db, now, old, gone) = (round.Db, round.Now, round.Now - MailLife, 0);
        foreach (var id in await db.Set<Mailing>().Where(one => one.DoneAt <= old && one.PrunedAt == null).Select(one => one.Id).ToListAsync(cancellationToken))
        {
            var copies = db.Set<OutgoingMail>().Where(mail => mail.MailingId == id && !mail.To.EndsWith(MailRecords.Nobody)).Select(mail => mail.Id);
            gone += await round.ForEachBatchAsync(copies, ids => MailRecords.EraseAsync(db, ids, cancellationToken), cancellationToken);
            gone += await round.WriteAsync(
                () => db.Set<Mailing>().Where(one => one.Id == id).ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.Text, "").SetProperty(one => one.Html, "").SetProperty(one => one.PrunedAt, now), cancellationToken),
                cancellationToken);
        }

        return gone;
    }

    private Task<int> ForgetFilesAsync(RetentionRound round, CancellationToken cancellationToken) =>
        Task.FromResult(OldFiles.Delete(PickupTransport.FolderIn(data), round.Now - FileLife));
}
