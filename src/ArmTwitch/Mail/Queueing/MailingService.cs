using System.Linq.Expressions;
using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Data.Bulk;
using ArmTwitch.Mail.Messages;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail.Queueing;

/// <summary>Mailings: their recipients, their state, and their progress.</summary>
public sealed partial class MailingService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, MimeMessageFactory messages, ClockComparison clocks,
    ILogger<MailingService> logger)
{
    /// <summary>After every mail that a single person waits for; smaller is more urgent.</summary>
    private const int Priority = 10;

    private const int Batch = 1000, MaxReasonLength = 500;

    private static readonly MailState[] Waiting = [MailState.Queued, MailState.Claimed, MailState.Submitting];

    /// <summary>
    /// Adds a mailing to the caller's context, to be saved in the transaction of its cause. It is held, and has no recipients yet.
    /// </summary>
    /// <exception cref="ArgumentException">A header would have more than one line.</exception>
    public Mailing Add(ArmTwitchDb db, MailingDraft draft)
    {
        if (new[] { draft.Subject, draft.ListId, draft.UnsubscribeMailbox ?? "" }.Any(header => header.Any(char.IsControl)))
            throw new ArgumentException("Subject, list and mailbox are one line each", nameof(draft));
        var mailing = new Mailing
        {
            Subject = draft.Subject,
            Text = draft.Text,
            Html = draft.Html,
            ListId = draft.ListId,
            UnsubscribeMailbox = draft.UnsubscribeMailbox,
            SuppressionScope = draft.SuppressionScope,
            Priority = Priority,
            MadeAt = clocks.SharedNow,
        };
        db.Add(mailing);
        return mailing;
    }

    public async Task<Mailing?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Mailing>().AsNoTracking().SingleOrDefaultAsync(mailing => mailing.Id == id, cancellationToken);
    }

    /// <summary>
    /// Writes a row for each recipient, <see cref="Batch"/> in a transaction. After a crash it can be called again: nobody gets a second
    /// row, and the mailing cannot start before the last one is written.
    /// </summary>
    /// <returns>How many recipients there are; null when there is no such mailing, or it is cancelled.</returns>
    public async Task<int?> FreezeAsync(Guid id, NextRecipients next, CancellationToken cancellationToken = default)
    {
        var mailing = await FindAsync(id, cancellationToken);
        if (mailing is not { Audience: null, State: MailingState.Held })
            return mailing?.State is MailingState.Cancelled ? null : mailing?.Audience;
        while (await WriteAsync(mailing, next, cancellationToken))
        {
        }

        return (await FindAsync(id, cancellationToken))?.Audience;
    }

    /// <returns>False when it is not held, or its audience is not frozen.</returns>
    public async Task<bool> StartAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var isStarted = await RunAsync(write.Db, id, MailingState.Held, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return isStarted;
    }

    /// <summary>Resumes a paused mailing, as part of the caller's transaction.</summary>
    /// <returns>False when it is not paused.</returns>
    internal Task<bool> ResumeAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken) =>
        RunAsync(db, id, MailingState.Paused, cancellationToken);

    /// <summary>Pauses a mailing, as part of the caller's transaction. Mails that are on their way are finished.</summary>
    /// <param name="reason">For the operator.</param>
    /// <returns>False when it is not sending.</returns>
    internal static async Task<bool> PauseAsync(ArmTwitchDb db, Guid id, string reason, CancellationToken cancellationToken) =>
        await PauseAsync(db.Set<Mailing>().Where(one => one.Id == id), reason, cancellationToken) > 0;

    /// <summary>
    /// Pauses every mailing, for instance because a restored backup may be older than what was sent. One that is already paused gets the
    /// new reason, so that whoever resumes it sees it.
    /// </summary>
    /// <returns>How many are paused now.</returns>
    public async Task<int> PauseAllAsync(string reason, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var paused = await PauseAllAsync(write.Db, reason, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return paused;
    }

    /// <inheritdoc cref="PauseAllAsync(string, CancellationToken)"/>
    internal static async Task<int> PauseAllAsync(ArmTwitchDb db, string reason, CancellationToken cancellationToken)
    {
        var paused = await db.Set<Mailing>().Where(one => one.State == MailingState.Paused)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.PausedBecause, reason), cancellationToken);
        return paused + await PauseAsync(db.Set<Mailing>(), reason, cancellationToken);
    }

    /// <summary>
    /// Cancels a mailing, as part of the caller's transaction. <see cref="FinishAsync"/> cancels its waiting mails soon after; mails that
    /// are on their way are finished.
    /// </summary>
    /// <returns>False when it has ended already.</returns>
    internal static async Task<bool> CancelAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        var isCancelled = await db.Set<Mailing>()
            .Where(one =>
                one.Id == id && (one.State == MailingState.Held || one.State == MailingState.Sending || one.State == MailingState.Paused))
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, MailingState.Cancelled).SetProperty(one => one.PausedBecause, (string?)null),
                cancellationToken) > 0;
        if (isCancelled)
            await CountRecipientsAsync(db, id, cancellationToken);
        return isCancelled;
    }

    /// <summary>
    /// Sets the audience, unless it is set. The caller's transaction holds the lock of the mailing's row, so nobody adds a recipient
    /// meanwhile.
    /// </summary>
    private static async Task CountRecipientsAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        var rows = await db.Set<OutgoingMail>().CountAsync(mail => mail.MailingId == id, cancellationToken);
        await db.Set<Mailing>().Where(one => one.Id == id && one.Audience == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Audience, rows), cancellationToken);
    }

    /// <summary>Counts the recipients by state, and logs an error when they do not add up.</summary>
    /// <returns>Null when there is no such mailing.</returns>
    public async Task<MailingCount?> CountAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(id, cancellationToken) is not { } mailing)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<OutgoingMail>().Where(mail => mail.MailingId == id).GroupBy(mail => mail.State)
            .Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.State, one => one.Count, cancellationToken);
        var waiting = Waiting.Sum(Of);
        var rate = Rate(mailing);
        var count = new MailingCount(
            mailing.Audience ?? rows.Values.Sum(), Of(MailState.Sent), Of(MailState.Dead), Of(MailState.InDoubt), Of(MailState.Suppressed),
            Of(MailState.Cancelled), waiting)
        {
            PerSecond = rate,
            EndsAt = rate > 0 && waiting > 0 ? clocks.SharedNow + TimeSpan.FromSeconds(waiting / rate) : null,
        };
        if (!count.AddsUp)
            LogDoesNotAddUp(id, count.Audience, rows.Values.Sum());
        return count;

        int Of(MailState state) => rows.GetValueOrDefault(state);
    }

    /// <summary>The mails in one state, or all that wait for <see cref="MailState.Queued"/>, with what the mail server said; the oldest first.</summary>
    /// <param name="after">The last mail of the page before; null to begin. With an id in place of a number of rows nothing is skipped when
    /// mails leave the state meanwhile.</param>
    /// <param name="which">Only those for which it holds; null for all.</param>
    public async Task<IReadOnlyList<OutgoingMail>> ListAsync(
        Guid id, MailState state, Guid? after = null, int take = 100, Expression<Func<OutgoingMail, bool>>? which = null,
        CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        MailState[] states = state is MailState.Queued ? Waiting : [state];
        var mails = db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.MailingId == id && states.Contains(mail.State));
        if (after is { } last)
            mails = mails.Where(mail => mail.Id.CompareTo(last) > 0);
        return await mails.Where(which ?? (_ => true)).OrderBy(mail => mail.Id).Take(take).ToListAsync(cancellationToken);
    }

    /// <summary>Marks mailings as done, and ends cancelled ones, once nothing of them waits any more.</summary>
    internal async Task FinishAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = await db.Set<Mailing>()
            .Where(one => one.State == MailingState.Sending || (one.State == MailingState.Cancelled && one.DoneAt == null))
            .Select(one => new { one.Id, one.State }).ToListAsync(cancellationToken);
        foreach (var mailing in open)
        {
            if (mailing.State is MailingState.Cancelled)
                await CancelWaitingAsync(db, mailing.Id, cancellationToken);
            var (state, now) = (mailing.State is MailingState.Cancelled ? MailingState.Cancelled : MailingState.Done, clocks.SharedNow);
            await using var write = await writing.BeginAsync(db, cancellationToken);
            if (await db.Set<OutgoingMail>()
                .AnyAsync(mail => mail.MailingId == mailing.Id && Waiting.Contains(mail.State), cancellationToken))
                continue;
            var finished = await db.Set<Mailing>().Where(one => one.Id == mailing.Id && one.State == mailing.State)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.State, state).SetProperty(one => one.DoneAt, now), cancellationToken);
            await write.CommitAsync(cancellationToken);
            if (finished > 0)
                LogDone(mailing.Id);
        }
    }

    /// <returns>How many of them were sending.</returns>
    internal static Task<int> PauseAsync(IQueryable<Mailing> mailings, string reason, CancellationToken cancellationToken)
    {
        var text = reason.Length > MaxReasonLength ? reason[..MaxReasonLength] : reason;
        return mailings.Where(one => one.State == MailingState.Sending)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, MailingState.Paused).SetProperty(one => one.PausedBecause, text),
                cancellationToken);
    }

    private async Task<bool> RunAsync(ArmTwitchDb db, Guid id, MailingState from, CancellationToken cancellationToken)
    {
        var now = clocks.SharedNow;
        return await db.Set<Mailing>().Where(one => one.Id == id && one.State == from && one.Audience != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, MailingState.Sending).SetProperty(one => one.PausedBecause, (string?)null)
                    .SetProperty(one => one.StartedAt, one => one.StartedAt ?? now).SetProperty(one => one.RunningSince, now)
                    .SetProperty(one => one.Tried, 0).SetProperty(one => one.HardBounces, 0).SetProperty(one => one.Complaints, 0),
                cancellationToken) is 1;
    }

    /// <returns>False when all recipients have a row, or the mailing is no longer held.</returns>
    private async Task<bool> WriteAsync(Mailing mailing, NextRecipients next, CancellationToken cancellationToken)
    {
        var now = clocks.SharedNow;
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        // Changes nothing: it locks the row, so that nobody starts or cancels the mailing before the transaction ends.
        if (await db.Set<Mailing>().Where(one => one.Id == mailing.Id && one.Audience == null && one.State == MailingState.Held)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Priority, one => one.Priority), cancellationToken) is 0)
            return false;
        var recipients = await next(db, Batch, cancellationToken);
        if (recipients.Count is 0)
        {
            await CountRecipientsAsync(db, mailing.Id, cancellationToken);
            await write.CommitAsync(cancellationToken);
            LogFrozen(mailing.Id);
            return false;
        }

        var copies = recipients.Select(recipient => recipient.CopyOf(mailing, messages, now));
        await db.InsertAsync([.. copies], cancellationToken, skipExisting: true);
        await write.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The cause of each copy of a mailing.</summary>
    internal static string CauseOf(Guid mailing) => $"mailing {mailing}";

    private async Task CancelWaitingAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        var waiting = db.Set<OutgoingMail>()
            .Where(mail => mail.MailingId == id && (mail.State == MailState.Queued || mail.State == MailState.Claimed));
        int cancelled;
        do
        {
            await using var write = await writing.BeginAsync(db, cancellationToken);
            var some = await waiting.OrderBy(mail => mail.Id).Take(Batch).Select(mail => mail.Id).ToListAsync(cancellationToken);
            await SentMailRecords.LockAsync(db, some, cancellationToken);
            cancelled = await waiting.Where(mail => some.Contains(mail.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.Cancelled), cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
        while (cancelled > 0);
    }

    private double Rate(Mailing mailing) =>
        mailing is { State: MailingState.Sending, RunningSince: { } since } && clocks.SharedNow - since is { TotalSeconds: > 0 } time
            ? mailing.Tried / time.TotalSeconds
            : 0;

    [LoggerMessage(LogLevel.Information, "The recipients of mailing {MailingId} are all written down")]
    private partial void LogFrozen(Guid mailingId);

    [LoggerMessage(LogLevel.Information, "Nothing of mailing {MailingId} waits any more")]
    private partial void LogDone(Guid mailingId);

    [LoggerMessage(LogLevel.Error, "Mailing {MailingId} does not add up: {Audience} recipients were written down, {Rows} are there")]
    private partial void LogDoesNotAddUp(Guid mailingId, int audience, int rows);
}
