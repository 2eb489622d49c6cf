using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Mail.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// Settles mails whose lease has ended: the program that had claimed them was killed, or lost its database. Leases go by the database's
/// clock: by its own, a program that is minutes ahead or behind would take mails from one that is just sending them, and send them twice.
/// </summary>
public sealed class OutboxRecovery(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, IOptions<MailOptions> options, ClockComparison clocks)
{
    /// <summary>
    /// A claimed mail is queued again. One that was on its way is unknown from now on, and an unknown one that may be repeated is queued
    /// again; of an erased recipient both are cancelled. Times in the future were written before the clock was set back; they become now.
    /// </summary>
    /// <returns>How many mails became unknown.</returns>
    internal async Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        await clocks.FindDifferenceAsync(cancellationToken);
        var (now, tries, lease) = (clocks.SharedNow, MailRetryPolicy.MostTries(options.Value), options.Value.Lease);
        var (beyond, soon) = (now + (2 * lease), now + lease);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mails = db.Set<OutgoingMail>();
        var claimed = mails.Where(row => row.State == MailState.Claimed && (row.DueAt <= now || row.DueAt > beyond));
        var submitting = mails.Where(row => row.State == MailState.Submitting && (row.DueAt <= now || row.DueAt > beyond));
        var repeatable = mails.Where(
            row => row.State == MailState.InDoubt && row.MayRepeat && row.Attempts < tries && (row.DueAt <= now || row.QueuedAt > soon));
        var early = mails.Where(row => row.State == MailState.Queued && row.DueAt > now && row.QueuedAt > soon);
        var found = await claimed.Select(row => row.Id).Concat(submitting.Select(row => row.Id)).Concat(repeatable.Select(row => row.Id))
            .Concat(early.Select(row => row.Id)).ToListAsync(cancellationToken);
        if (found.Count is 0)
            return 0;

        await using var write = await writing.BeginAsync(db, cancellationToken);
        await SentMailRecords.LockAsync(db, found, cancellationToken);
        await claimed.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, MailState.Queued).SetProperty(row => row.DueAt, now), cancellationToken);
        foreach (var erased in new[] { submitting, repeatable })
        {
            await erased.Where(row => row.To.EndsWith(SentMailRecords.Nobody))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailState.Cancelled), cancellationToken);
        }

        await repeatable.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, MailState.Queued).SetProperty(row => row.DueAt, now), cancellationToken);
        await early.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DueAt, now).SetProperty(row => row.QueuedAt, now), cancellationToken);
        var unknown = await submitting.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, MailState.InDoubt).SetProperty(row => row.DueAt, now)
                .SetProperty(row => row.Answer, "The program ended while it was handing the mail over."),
            cancellationToken);
        await write.CommitAsync(cancellationToken);
        return unknown;
    }
}
