using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Mail.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// The table of outgoing mails. Every change of a row is one conditional statement: of two programs only the first changes it.
/// </summary>
public sealed class Outbox(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, MimeMessageFactory messages, SuppressionList suppressions,
    MailResultRecorder recorder, MailClaimer claimer, IEnumerable<IMailResolutionHandler> resolutions, IOptions<MailOptions> options,
    ClockComparison clocks, TimeProvider clock)
{
    /// <summary>
    /// Adds a mail to the caller's context, to be saved in the transaction of its cause. Saving a second mail of the same cause to the same
    /// recipient fails.
    /// </summary>
    /// <exception cref="ArgumentException">The address or the subject would not make a mail.</exception>
    public OutgoingMail Queue(ArmTwitchDb db, MailDraft draft)
    {
        var mail = CreateRow(draft);
        db.Add(mail);
        return mail;
    }

    /// <summary>The only way to make a single mail: with the Message-ID by which a bounce finds its row again.</summary>
    internal OutgoingMail CreateRow(MailDraft draft)
    {
        if (!EmailAddress.CanReceive(draft.To))
            throw new ArgumentException("This is no address", nameof(draft));
        if (draft.Subject.Any(char.IsControl))
            throw new ArgumentException("A subject is one line", nameof(draft));
        var (id, now) = (Guid.CreateVersion7(), clocks.SharedNow);
        return new OutgoingMail
        {
            Id = id,
            Cause = draft.Cause,
            To = draft.To,
            Subject = draft.Subject,
            Text = draft.Text,
            Html = draft.Html,
            UnsubscribeAddress = draft.UnsubscribeAddress,
            SuppressionScope = draft.SuppressionScope,
            MessageId = messages.IdFor(id),
            Priority = draft.Priority,
            MayRepeat = draft.MayRepeat,
            QueuedAt = now,
            DueAt = now + draft.Delay,
        };
    }

    /// <summary>Whether a mail is due and may leave.</summary>
    internal async Task<bool> IsAnyDueAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await MailClaimer.IsAnyDueAsync(db, clocks.SharedNow, cancellationToken);
    }

    /// <summary>Whether a mail is queued, also one that is not due yet or whose mailing is paused.</summary>
    internal async Task<bool> IsAnyWaitingAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().AnyAsync(mail => mail.State == MailState.Queued, cancellationToken);
    }

    /// <summary>
    /// Counts the mails that should have left: due ones, claimed ones, and those that wait for another try long after their first. Paused
    /// mailings do not count.
    /// </summary>
    /// <param name="since"><see cref="OutboxBacklog.HasLeft"/> is about the time after this.</param>
    internal async Task<OutboxBacklog> CountDueAsync(DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        var now = clocks.SharedNow;
        var longAgo = now - options.Value.StalledAfter;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.Set<OutgoingMail>()
            .Where(mail => (mail.State == MailState.Queued && (mail.DueAt <= now || (mail.Attempts > 0 && mail.FirstTriedAt <= longAgo)))
                || mail.State == MailState.Claimed || mail.State == MailState.Submitting)
            .Where(mail => mail.MailingId == null
                || db.Set<Mailing>().Any(mailing => mailing.Id == mail.MailingId && mailing.State == MailingState.Sending))
            .GroupBy(_ => 1).Select(group => new { Count = group.Count(), Oldest = group.Min(mail => mail.QueuedAt) })
            .SingleOrDefaultAsync(cancellationToken);
        // DueAt of a sent mail is the end of its lease, and so later than SentAt; there is an index by state and DueAt.
        var hasLeft = await db.Set<OutgoingMail>()
            .AnyAsync(mail => mail.State == MailState.Sent && mail.DueAt >= since && mail.SentAt >= since, cancellationToken);
        return new(due?.Count ?? 0, due?.Oldest ?? now, hasLeft);
    }

    /// <summary>
    /// Does three things in one transaction: records the results of earlier mails, marks claimed mails as on their way before the mail
    /// server sees their first byte, and claims the next ones for the length of a lease.
    /// </summary>
    /// <param name="results">The results of mails that were on their way.</param>
    /// <param name="ready">Claimed mails that go to the mail server next.</param>
    /// <param name="most">How many to claim.</param>
    /// <param name="handlers">Are told of mails that were sent or refused.</param>
    internal async Task<OutboxBatch> RecordAndClaimAsync(
        IReadOnlyCollection<MailSendResult> results, IReadOnlyCollection<OutgoingMail> ready, int most,
        IEnumerable<IMailOutcomeHandler> handlers, CancellationToken cancellationToken = default)
    {
        if (results.Count is 0 && ready.Count is 0 && most <= 0)
            return OutboxBatch.Nothing;
        // The first hash ever makes the key, which must not happen inside the transaction.
        await suppressions.HashAsync("", cancellationToken);
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        await SentMailRecords.LockAsync(
            db, results.Select(result => result.Mail.Id).Concat(ready.Select(mail => mail.Id)), cancellationToken);
        // The clock is read after the locks are held: the wait for them would shorten the leases.
        var (now, at) = (clocks.SharedNow, clock.GetTimestamp());
        var late = await recorder.RecordAsync(db, results, now, handlers, cancellationToken);
        var submitted = await claimer.SubmitAsync(db, ready, now, cancellationToken);
        var (claimed, taken) = await claimer.ClaimAsync(db, most, now, cancellationToken);
        await write.CommitAsync(cancellationToken);
        foreach (var mail in submitted)
            (mail.State, mail.DueAt, mail.Attempts, mail.FirstTriedAt) =
                (MailState.Submitting, now + options.Value.Lease, mail.Attempts + 1, mail.FirstTriedAt ?? now);
        return new(claimed, submitted, late, taken, at);
    }

    /// <summary>
    /// Applies an operator's decision: an unknown mail was sent, or is sent again; a refused one gets all its tries once more. A mail can
    /// be sent again only while its text is there, and a copy only unless its mailing was cancelled.
    /// </summary>
    /// <param name="state"><see cref="MailState.Sent"/> or <see cref="MailState.Queued"/>.</param>
    /// <returns>False when there is no such mail in such a state.</returns>
    public async Task<bool> ResolveAsync(Guid id, MailState state, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var mail = write.Db.Set<OutgoingMail>().Where(row => row.Id == id);
        var isResolved = await ResolveAsync(write.Db, mail, state, by: null, cancellationToken) is 1;
        await write.CommitAsync(cancellationToken);
        return isResolved;
    }

    /// <summary>As <see cref="ResolveAsync(Guid, MailState, CancellationToken)"/>, in the caller's transaction.</summary>
    /// <param name="mails">One mail, or copies of one mailing.</param>
    /// <param name="by"><inheritdoc cref="MailResolution" path="/param[@name='By']"/></param>
    /// <returns>How many of them were in such a state.</returns>
    internal async Task<int> ResolveAsync(
        ArmTwitchDb db, IQueryable<OutgoingMail> mails, MailState state, string? by, CancellationToken cancellationToken)
    {
        var now = clocks.SharedNow;
        // Read first: once their states are changed, the query may find the mails no more.
        var mailings = await mails.Where(row => row.MailingId != null).Select(row => row.MailingId!.Value).Distinct()
            .ToListAsync(cancellationToken);
        var resolved = state switch
        {
            MailState.Sent => await mails.Where(row => row.State == MailState.InDoubt)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, MailState.Sent).SetProperty(row => row.SentAt, now), cancellationToken),
            MailState.Queued => await mails.Where(
                row => (row.State == MailState.InDoubt || row.State == MailState.Dead) && !row.To.EndsWith(SentMailRecords.Nobody))
                .Where(row => row.MailingId == null
                    ? row.Text != ""
                    : db.Set<Mailing>()
                        .Any(mailing => mailing.Id == row.MailingId && mailing.PrunedAt == null && mailing.State != MailingState.Cancelled))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, MailState.Queued).SetProperty(row => row.Attempts, 0)
                        .SetProperty(row => row.DueAt, now).SetProperty(row => row.QueuedAt, now)
                        .SetProperty(row => row.FirstTriedAt, (DateTimeOffset?)null),
                    cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "An operator says sent or queued"),
        };
        if (resolved > 0 && state is MailState.Queued)
        {
            await db.Set<Mailing>().Where(mailing => mailing.State == MailingState.Done && mailings.Contains(mailing.Id))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(mailing => mailing.State, MailingState.Sending)
                        .SetProperty(mailing => mailing.DoneAt, (DateTimeOffset?)null),
                    cancellationToken);
        }

        if (resolved > 0 && mailings is [var copied])
        {
            foreach (var handler in resolutions)
                await handler.HandleAsync(db, new MailResolution(copied, state, resolved, by), cancellationToken);
        }

        return resolved;
    }

    /// <summary>The mails in one state, or all of them; the oldest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> ListAsync(MailState? state, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().AsNoTracking().Where(mail => state == null || mail.State == state)
            .OrderBy(mail => mail.QueuedAt).ThenBy(mail => mail.Id).ToListAsync(cancellationToken);
    }
}
