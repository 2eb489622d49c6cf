using ArmTwitch.Data;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Mail.Transports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// The mails that wait and those that went. Every step is one conditional statement: who comes second is told so and changes nothing.
/// </summary>
public sealed class Outbox(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, MimeMessageFactory messages, SuppressionList suppressions,
    IOptions<MailOptions> options, TimeProvider clock)
{

    /// <summary>
    /// Adds a mail to the caller's own context, to be saved together with its cause. A second mail of the same cause to the same recipient
    /// fails there.
    /// </summary>
    /// <exception cref="ArgumentException">The address or the subject would not make a mail.</exception>
    public OutgoingMail Queue(ArmTwitchDb db, MailDraft draft)
    {
        var mail = CreateRow(draft);
        db.Add(mail);
        return mail;
    }

    /// <summary>The only way to make a mail: nothing but this gives it a Message-ID that is found again when it comes back.</summary>
    internal OutgoingMail CreateRow(MailDraft draft)
    {
        if (!MailDraft.IsAddress(draft.To))
            throw new ArgumentException("This is no address", nameof(draft));
        if (draft.Subject.Any(char.IsControl))
            throw new ArgumentException("A subject is one line", nameof(draft));
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
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
            DueAt = draft.DueAt ?? now,
        };
    }

    /// <summary>Whether a mail waits whose time has come.</summary>
    internal async Task<bool> IsAnyDueAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await DueQuery(db, null, now).AnyAsync(cancellationToken))
            return true;
        foreach (var mailing in await SendingAsync(db, cancellationToken))
        {
            if (await DueQuery(db, mailing, now).AnyAsync(cancellationToken))
                return true;
        }

        return false;
    }

    /// <summary>Whether a mail waits, also one whose time has not come or whose mailing is paused.</summary>
    internal async Task<bool> IsAnyWaitingAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().AnyAsync(mail => mail.State == MailState.Queued, cancellationToken);
    }

    /// <summary>
    /// How many mails wait whose time has come, with those that somebody has taken, and those that were first tried in vain long ago and
    /// wait for another try; what is paused does not count.
    /// </summary>
    /// <param name="since">Whether one was sent is asked for the time after this.</param>
    internal async Task<OutboxBacklog> CountDueAsync(DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var longAgo = now - options.Value.StalledAfter;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.Set<OutgoingMail>()
            .Where(mail => (mail.State == MailState.Queued && (mail.DueAt <= now || (mail.Attempts > 0 && mail.FirstTriedAt <= longAgo)))
                || mail.State == MailState.Claimed || mail.State == MailState.Submitting)
            .Where(mail => mail.MailingId == null
                || db.Set<Mailing>().Any(mailing => mailing.Id == mail.MailingId && mailing.State == MailingState.Sending))
            .GroupBy(_ => 1).Select(group => new { Count = group.Count(), Oldest = group.Min(mail => mail.QueuedAt) })
            .SingleOrDefaultAsync(cancellationToken);
        // A mail that is sent keeps the end of its lease, which is later: the index by state and that time finds the last ones.
        var hasLeft = await db.Set<OutgoingMail>()
            .AnyAsync(mail => mail.State == MailState.Sent && mail.DueAt >= since && mail.SentAt >= since, cancellationToken);
        return new(due?.Count ?? 0, due?.Oldest ?? now, hasLeft);
    }

    /// <summary>
    /// One turn, in one transaction: writes down what became of some mails, says of others, before the first word to the mail server,
    /// that they are on their way, and takes those that are next for the length of a lease.
    /// </summary>
    /// <param name="results">What became of mails that were taken earlier.</param>
    /// <param name="ready">Claimed mails that go to the mail server next.</param>
    /// <param name="most">How many to take.</param>
    /// <param name="listeners">Who is told of what was sent and what is dead.</param>
    internal async Task<OutboxBatch> RecordAndClaimAsync(
        IReadOnlyCollection<MailSendResult> results, IReadOnlyCollection<OutgoingMail> ready, int most,
        IEnumerable<IMailOutcomeHandler> listeners, CancellationToken cancellationToken = default)
    {
        if (results.Count is 0 && ready.Count is 0 && most <= 0)
            return OutboxBatch.Nothing;
        // Makes the key, if there is none yet, before the transaction.
        await suppressions.HashAsync("", cancellationToken);
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        // Not before: waiting for the turn or the lock would shorten the leases.
        await SentMailRecords.LockAsync(
            db, results.Select(result => result.Mail.Id).Concat(ready.Select(mail => mail.Id)), cancellationToken);
        var (now, at) = (clock.GetUtcNow(), clock.GetTimestamp());
        var late = await RecordAsync(db, results, now, listeners, cancellationToken);
        var submitted = await SubmitAsync(db, ready, now, cancellationToken);
        var (claimed, taken) = await ClaimAsync(db, most, now, cancellationToken);
        await write.CommitAsync(cancellationToken);
        foreach (var mail in submitted)
            (mail.State, mail.DueAt, mail.Attempts, mail.FirstTriedAt) =
                (MailState.Submitting, now + options.Value.Lease, mail.Attempts + 1, mail.FirstTriedAt ?? now);
        return new(claimed, submitted, late, taken, at);
    }

    private async Task<IReadOnlyList<Guid>> RecordAsync(
        ArmTwitchDb db, IReadOnlyCollection<MailSendResult> results, DateTimeOffset now, IEnumerable<IMailOutcomeHandler> listeners,
        CancellationToken cancellationToken)
    {
        if (results.Count is 0)
            return [];
        var accepted = results.Where(result => result.Answer.Verdict is SendVerdict.Accepted).ToList();
        var others = results.Where(result => result.Answer.Verdict is not SendVerdict.Accepted)
            .Select(result => (result.Mail, result.Answer, After: MailRetryPolicy.NextState(result, options.Value, now))).ToList();
        // That the server took it is the truth, whoever else has taken it meanwhile: what is not on its way yet needs no second one.
        var sent = await db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = 'Sent', "SentAt" = @SentAt, "Answer" = @Answer, "Status" = @Status
            WHERE "Id" = @Id AND "To" = @To AND "State" IN ('Queued', 'Claimed', 'Submitting', 'InDoubt')
            """,
            ["Id", "To", "SentAt", "Answer", "Status"],
            accepted.Select(
                result => new object?[] { result.Mail.Id, result.Mail.To, now, Truncate(result.Answer.ServerText), result.Answer.Status }),
            cancellationToken);
        var moved = await db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = @State, "DueAt" = @DueAt, "Attempts" = @Attempts, "Answer" = COALESCE(@Answer, "Answer"), "Status" = COALESCE(@Status, "Status"),
                "FirstTriedAt" = CASE WHEN @Attempts = 0 THEN NULL ELSE "FirstTriedAt" END
            WHERE "Id" = @Id AND "To" = @To AND "Fence" = @Fence AND "State" IN ('Claimed', 'Submitting', 'InDoubt')
            """,
            ["Id", "To", "Fence", "State", "DueAt", "Attempts", "Answer", "Status"],
            others.Select(one => new object?[]
            {
                one.Mail.Id,
                one.Mail.To,
                one.Mail.Fence,
                one.After.State,
                one.After.DueAt,
                one.After.Attempts,
                Truncate(one.Answer.Verdict is SendVerdict.NotBegun ? null : one.Answer.ServerText),
                one.Answer.Status
            }),
            cancellationToken);
        List<MailOutcome> outcomes =
        [
            .. accepted.Where((_, place) => sent[place] > 0).Select(result => Outcome(result.Mail, result.Answer, MailState.Sent)),
            .. others.Where((one, place) => moved[place] > 0 && one.After.State is MailState.Dead)
                .Select(one => Outcome(one.Mail, one.Answer, MailState.Dead)),
        ];
        if (await MailingAutoPause.CountResultsAsync(db, results, outcomes, cancellationToken) is { Count: > 0 } told)
            await NotifyHandlersAsync(db, told, listeners, cancellationToken);

        return await CompleteErasedAsync(
            db,
            [.. accepted.Where((_, place) => sent[place] is 0), .. others.Where((_, place) => moved[place] is 0)
                .Select(one => new MailSendResult(one.Mail, one.Answer))],
            now,
            cancellationToken);

        MailOutcome Outcome(OutgoingMail mail, SendResult answer, MailState state) =>
            new(mail.Id, mail.MailingId, mail.Cause, mail.To, state, answer.Status, Truncate(answer.ServerText), answer.Failure, now);
    }

    /// <summary>
    /// Ends mails whose person was erased while they were on their way: they are not tried again, nobody is told of them, and the server's
    /// words, which may name the person, are not kept.
    /// </summary>
    /// <returns>Those of the results that were about something else, and came too late.</returns>
    private static async Task<IReadOnlyList<Guid>> CompleteErasedAsync(
        ArmTwitchDb db, IReadOnlyList<MailSendResult> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (results.Count is 0)
            return [];
        var ended = await db.ExecuteForEachAsync<OutgoingMail>(
            $"""
            UPDATE "OutgoingMails" SET "State" = @State, "SentAt" = @SentAt
            WHERE "Id" = @Id AND "To" LIKE '%{SentMailRecords.Nobody}' AND "State" IN ('Submitting', 'InDoubt')
            """,
            ["Id", "State", "SentAt"],
            results.Select(result => result.Answer.Verdict is SendVerdict.Accepted
                ? new object?[] { result.Mail.Id, MailState.Sent, now } : [result.Mail.Id, MailState.Cancelled, null]),
            cancellationToken);
        return [.. results.Where((_, place) => ended[place] is 0).Select(result => result.Mail.Id)];
    }

    /// <exception cref="MailOutcomeHandlerException">One of them failed; the transaction has to be begun again.</exception>
    private static async Task NotifyHandlersAsync(
        ArmTwitchDb db, IReadOnlyList<MailOutcome> outcomes, IEnumerable<IMailOutcomeHandler> listeners,
        CancellationToken cancellationToken)
    {
        try
        {
            foreach (var listener in listeners)
                await listener.HandleAsync(db, outcomes, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new MailOutcomeHandlerException(failed);
        }
    }

    private async Task<IReadOnlyList<OutgoingMail>> SubmitAsync(
        ArmTwitchDb db, IReadOnlyCollection<OutgoingMail> ready, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ready.Count is 0)
            return [];
        var until = now + options.Value.Lease;
        var moved = await db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = 'Submitting', "DueAt" = @DueAt, "Attempts" = "Attempts" + 1, "FirstTriedAt" = COALESCE("FirstTriedAt", @FirstTriedAt)
            WHERE "Id" = @Id AND "Fence" = @Fence AND "State" = 'Claimed'
                AND ("MailingId" IS NULL OR EXISTS (SELECT 1 FROM "Mailings" WHERE "Mailings"."Id" = "OutgoingMails"."MailingId" AND "Mailings"."State" = 'Sending'))
            """,
            ["Id", "Fence", "DueAt", "FirstTriedAt"],
            ready.Select(mail => new object?[] { mail.Id, mail.Fence, until, now }),
            cancellationToken);
        if (moved.All(count => count > 0))
            return [.. ready];
        // A mailing that was paused meanwhile has its mails back at once.
        await db.ExecuteForEachAsync<OutgoingMail>(
            """UPDATE "OutgoingMails" SET "State" = 'Queued', "DueAt" = @DueAt WHERE "Id" = @Id AND "Fence" = @Fence AND "State" = 'Claimed'""",
            ["Id", "Fence", "DueAt"],
            ready.Where((_, place) => moved[place] is 0).Select(mail => new object?[] { mail.Id, mail.Fence, now }),
            cancellationToken);
        return [.. ready.Where((_, place) => moved[place] > 0)];
    }

    private async Task<(IReadOnlyList<OutgoingMail> Claimed, int Taken)> ClaimAsync(
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
        for (var place = 0; place < mails.Count; place++)
        {
            var mail = mails[place];
            // The time in which it could not leave, though it was due, makes it no older.
            mail.FirstTriedAt += now - mail.DueAt;
            (mail.State, mail.Fence, mail.DueAt) = (suppressed[place] ? MailState.Suppressed : MailState.Claimed, mail.Fence + 1, until);
        }

        var moved = await db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = @State, "Fence" = @Fence, "DueAt" = @DueAt, "FirstTriedAt" = @FirstTriedAt
            WHERE "Id" = @Id AND "Fence" = @Fence - 1 AND "State" = 'Queued'
            """,
            ["Id", "Fence", "State", "DueAt", "FirstTriedAt"],
            mails.Select(mail => new object?[] { mail.Id, mail.Fence, mail.State, mail.DueAt, mail.FirstTriedAt }),
            cancellationToken);
        return ([.. mails.Where((mail, place) => moved[place] > 0 && mail.State is MailState.Claimed)], mails.Count);
    }

    /// <summary>The mailings whose mails may go, the most urgent first.</summary>
    private static Task<List<Guid?>> SendingAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        db.Set<Mailing>().Where(mailing => mailing.State == MailingState.Sending)
            .OrderBy(mailing => mailing.Priority).ThenBy(mailing => mailing.StartedAt)
            .Select(mailing => (Guid?)mailing.Id).ToListAsync(cancellationToken);

    /// <summary>What is due of one mailing, or of everything outside mailings.</summary>
    private static IQueryable<OutgoingMail> DueQuery(ArmTwitchDb db, Guid? mailing, DateTimeOffset now) =>
        OfMailing(db, mailing).Where(mail => mail.State == MailState.Queued && mail.DueAt <= now);

    /// <remarks>
    /// SQLite would sooner go through all that waits, by when it is due, and sort it: for a list of 100,000 at every turn.
    /// </remarks>
    private static IQueryable<OutgoingMail> OfMailing(ArmTwitchDb db, Guid? mailing)
    {
        if (!db.Database.IsSqlite())
            return db.Set<OutgoingMail>().Where(mail => mail.MailingId == mailing);
        return mailing is null
            ? db.Set<OutgoingMail>().FromSql(
                $"""SELECT * FROM "OutgoingMails" INDEXED BY "IX_OutgoingMails_MailingId_State_Priority_DueAt" WHERE "MailingId" IS NULL""")
            : db.Set<OutgoingMail>().FromSql($"""SELECT * FROM "OutgoingMails" INDEXED BY "IX_OutgoingMails_MailingId_State_Priority_DueAt" WHERE "MailingId" = {mailing}""");
    }

    /// <summary>
    /// The first of what is due, in the order of an index: a mailing has thousands that are due at the same moment. Where several programs
    /// share PostgreSQL, each passes by what another is just taking.
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

    /// <summary>
    /// Looks after mails that nobody holds any more: one that was only claimed goes back, one that was on its way is in doubt, and one
    /// in doubt that may be repeated waits again; one whose person was erased is cancelled. What seems to come from the future was written
    /// before the clock was set back.
    /// </summary>
    /// <returns>How many were found to be in doubt.</returns>
    internal async Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        var (now, tries, lease) = (clock.GetUtcNow(), options.Value.Tries, options.Value.Lease);
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
        var inDoubt = await submitting.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, MailState.InDoubt).SetProperty(row => row.DueAt, now)
                .SetProperty(row => row.Answer, "The program ended while it was handing the mail over."),
            cancellationToken);
        await write.CommitAsync(cancellationToken);
        return inDoubt;
    }

    /// <summary>
    /// Does what an operator has found out: an in-doubt mail was sent, or shall be sent again; a dead one gets all its tries once more.
    /// A copy of a mailing can be sent again only while its text is there and the mailing was not cancelled.
    /// </summary>
    /// <returns>False when the mail is not there, or not in such a state.</returns>
    public async Task<bool> ResolveAsync(Guid id, MailState state, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        var mail = db.Set<OutgoingMail>().Where(row => row.Id == id);
        var resolved = state switch
        {
            MailState.Sent => await mail.Where(row => row.State == MailState.InDoubt)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, MailState.Sent).SetProperty(row => row.SentAt, now), cancellationToken) is 1,
            MailState.Queued => await mail.Where(
                row => (row.State == MailState.InDoubt || row.State == MailState.Dead) && !row.To.EndsWith(SentMailRecords.Nobody))
                .Where(row => row.MailingId == null
                    ? row.Text != ""
                    : db.Set<Mailing>()
                        .Any(mailing => mailing.Id == row.MailingId && mailing.PrunedAt == null && mailing.State != MailingState.Cancelled))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, MailState.Queued).SetProperty(row => row.Attempts, 0)
                        .SetProperty(row => row.DueAt, now).SetProperty(row => row.QueuedAt, now)
                        .SetProperty(row => row.FirstTriedAt, (DateTimeOffset?)null),
                    cancellationToken) is 1,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "An operator says sent or queued"),
        };
        if (resolved && state is MailState.Queued)
        {
            await db.Set<Mailing>().Where(mailing => mailing.State == MailingState.Done && mail.Any(row => row.MailingId == mailing.Id))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(mailing => mailing.State, MailingState.Sending)
                        .SetProperty(mailing => mailing.DoneAt, (DateTimeOffset?)null),
                    cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        return resolved;
    }

    /// <summary>The mails in one state, or all; the oldest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> ListAsync(MailState? state, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().AsNoTracking().Where(mail => state == null || mail.State == state)
            .OrderBy(mail => mail.QueuedAt).ThenBy(mail => mail.Id).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// What a server says can be anything; what a database does not take, such as a zero byte, would keep the result from being written.
    /// </summary>
    private static string? Truncate(string? words) =>
        words is null
            ? null
            : new([.. words.Take(OutgoingMail.MaxAnswerLength)
                .Select(sign => (char.IsControl(sign) && sign is not '\n') || char.IsSurrogate(sign) ? ' ' : sign)]);
}
