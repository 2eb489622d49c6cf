using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ArmTwitch.Mail;

/// <summary>What a feature wants to have sent.</summary>
/// <param name="Cause">What it tells of; one cause makes one mail to one recipient.</param>
/// <param name="To">The bare address.</param>
public sealed record MailDraft(string Cause, string To, string Subject, string Text, string Html)
{
    /// <inheritdoc cref="OutgoingMail.UnsubscribeAddress"/>
    public string? UnsubscribeAddress { get; init; }

    /// <inheritdoc cref="OutgoingMail.SuppressionScope"/>
    public string? SuppressionScope { get; init; }

    /// <inheritdoc cref="OutgoingMail.Priority"/>
    public int Priority { get; init; }

    /// <inheritdoc cref="OutgoingMail.MayRepeat"/>
    public bool MayRepeat { get; init; } = true;

    /// <summary>When the first try is due, so that what it tells of can still be undone; null for at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether a mail can be sent there: one address, with no name, no second one and no line break.</summary>
    public static bool IsAddress(string text) =>
        !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && mailbox.Domain.Length > 0;
}

/// <summary>
/// The mails that wait and those that went. Every step is one conditional statement: who comes second is told so and changes nothing.
/// </summary>
public sealed class Outbox(
    IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, MailMessages messages, Suppressions suppressions, IOptions<MailOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>Adds a mail to the caller's own context, to be saved together with its cause. A second mail of the same cause to the same recipient fails there.</summary>
    /// <exception cref="ArgumentException">The address or the subject would not make a mail.</exception>
    public OutgoingMail Queue(ArmTwitchDb db, MailDraft draft)
    {
        var mail = Make(draft);
        db.Add(mail);
        return mail;
    }

    /// <summary>The only way to make a mail: nothing but this gives it a Message-ID that is found again when it comes back.</summary>
    internal OutgoingMail Make(MailDraft draft)
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
        if (await Next(db, null, now).AnyAsync(cancellationToken))
            return true;
        foreach (var mailing in await SendingAsync(db, cancellationToken))
        {
            if (await Next(db, mailing, now).AnyAsync(cancellationToken))
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
    internal async Task<DueMails> CountDueAsync(DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var longAgo = now - options.Value.StalledAfter;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.Set<OutgoingMail>()
            .Where(mail => (mail.State == MailState.Queued && (mail.DueAt <= now || (mail.Attempts > 0 && mail.FirstTriedAt <= longAgo))) || mail.State == MailState.Claimed || mail.State == MailState.Submitting)
            .Where(mail => mail.MailingId == null || db.Set<Mailing>().Any(mailing => mailing.Id == mail.MailingId && mailing.State == MailingState.Sending))
            .GroupBy(_ => 1).Select(group => new { Count = group.Count(), Oldest = group.Min(mail => mail.QueuedAt) }).SingleOrDefaultAsync(cancellationToken);
        // A mail that is sent keeps the end of its lease, which is later: the index by state and that time finds the last ones.
        var hasLeft = await db.Set<OutgoingMail>().AnyAsync(mail => mail.State == MailState.Sent && mail.DueAt >= since && mail.SentAt >= since, cancellationToken);
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
    internal async Task<MailTurn> TurnAsync(
        IReadOnlyCollection<MailResult> results, IReadOnlyCollection<OutgoingMail> ready, int most, IEnumerable<IMailOutcomes> listeners, CancellationToken cancellationToken = default)
    {
        if (results.Count is 0 && ready.Count is 0 && most <= 0)
            return MailTurn.Nothing;
        // Makes the key, if there is none yet, before the transaction.
        await suppressions.HashAsync("", cancellationToken);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Not before: waiting for the turn or the lock would shorten the leases.
        await MailRecords.LockAsync(db, results.Select(result => result.Mail.Id).Concat(ready.Select(mail => mail.Id)), cancellationToken);
        var (now, at) = (clock.GetUtcNow(), clock.GetTimestamp());
        var late = await RecordAsync(db, results, now, listeners, cancellationToken);
        var submitted = await SubmitAsync(db, ready, now, cancellationToken);
        var (claimed, taken) = await ClaimAsync(db, most, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var mail in submitted)
            (mail.State, mail.DueAt, mail.Attempts, mail.FirstTriedAt) = (MailState.Submitting, now + options.Value.Lease, mail.Attempts + 1, mail.FirstTriedAt ?? now);
        return new(claimed, submitted, late, taken, at);
    }

    private async Task<IReadOnlyList<Guid>> RecordAsync(
        ArmTwitchDb db, IReadOnlyCollection<MailResult> results, DateTimeOffset now, IEnumerable<IMailOutcomes> listeners, CancellationToken cancellationToken)
    {
        if (results.Count is 0)
            return [];
        var accepted = results.Where(result => result.Answer.Verdict is MailVerdict.Accepted).ToList();
        var others = results.Where(result => result.Answer.Verdict is not MailVerdict.Accepted).Select(result => (result.Mail, result.Answer, After: After(result, now))).ToList();
        // That the server took it is the truth, whoever else has taken it meanwhile: what is not on its way yet needs no second one.
        var sent = await db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = 'Sent', "SentAt" = @SentAt, "Answer" = @Answer, "Status" = @Status
            WHERE "Id" = @Id AND "To" = @To AND "State" IN ('Queued', 'Claimed', 'Submitting', 'InDoubt')
            """,
            ["Id", "To", "SentAt", "Answer", "Status"],
            accepted.Select(result => new object?[] { result.Mail.Id, result.Mail.To, now, Short(result.Answer.Words), result.Answer.Status }),
            cancellationToken);
        var moved = await db.ExecuteForEachAsync<OutgoingMail>(
            """
            UPDATE "OutgoingMails" SET "State" = @State, "DueAt" = @DueAt, "Attempts" = @Attempts, "Answer" = COALESCE(@Answer, "Answer"), "Status" = COALESCE(@Status, "Status"),
                "FirstTriedAt" = CASE WHEN @Attempts = 0 THEN NULL ELSE "FirstTriedAt" END
            WHERE "Id" = @Id AND "To" = @To AND "Fence" = @Fence AND "State" IN ('Claimed', 'Submitting', 'InDoubt')
            """,
            ["Id", "To", "Fence", "State", "DueAt", "Attempts", "Answer", "Status"],
            others.Select(one => new object?[] { one.Mail.Id, one.Mail.To, one.Mail.Fence, one.After.State, one.After.DueAt, one.After.Attempts, Short(one.Answer.Verdict is MailVerdict.NotBegun ? null : one.Answer.Words), one.Answer.Status }),
            cancellationToken);
        List<MailOutcome> outcomes =
        [
            .. accepted.Where((_, place) => sent[place] > 0).Select(result => Outcome(result.Mail, result.Answer, MailState.Sent)),
            .. others.Where((one, place) => moved[place] > 0 && one.After.State is MailState.Dead).Select(one => Outcome(one.Mail, one.Answer, MailState.Dead)),
        ];
        if (await AutomaticPause.CountInAsync(db, results, outcomes, cancellationToken) is { Count: > 0 } told)
            await TellAsync(db, told, listeners, cancellationToken);

        return await EndErasedAsync(
            db,
            [.. accepted.Where((_, place) => sent[place] is 0), .. others.Where((_, place) => moved[place] is 0).Select(one => new MailResult(one.Mail, one.Answer))],
            now,
            cancellationToken);

        MailOutcome Outcome(OutgoingMail mail, MailAnswer answer, MailState state) => new(mail.Id, mail.MailingId, mail.Cause, mail.To, state, answer.Status, Short(answer.Words), answer.Failure, now);
    }

    /// <summary>
    /// Ends mails whose person was erased while they were on their way: they are not tried again, nobody is told of them, and the server's
    /// words, which may name the person, are not kept.
    /// </summary>
    /// <returns>Those of the results that were about something else, and came too late.</returns>
    private static async Task<IReadOnlyList<Guid>> EndErasedAsync(ArmTwitchDb db, IReadOnlyList<MailResult> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (results.Count is 0)
            return [];
        var ended = await db.ExecuteForEachAsync<OutgoingMail>(
            $"""
            UPDATE "OutgoingMails" SET "State" = @State, "SentAt" = @SentAt
            WHERE "Id" = @Id AND "To" LIKE '%{MailRecords.Nobody}' AND "State" IN ('Submitting', 'InDoubt')
            """,
            ["Id", "State", "SentAt"],
            results.Select(result => result.Answer.Verdict is MailVerdict.Accepted
                ? new object?[] { result.Mail.Id, MailState.Sent, now } : [result.Mail.Id, MailState.Cancelled, null]),
            cancellationToken);
        return [.. results.Where((_, place) => ended[place] is 0).Select(result => result.Mail.Id)];
    }

    /// <exception cref="MailListenerException">One of them failed; the transaction has to be begun again.</exception>
    private static async Task TellAsync(ArmTwitchDb db, IReadOnlyList<MailOutcome> outcomes, IEnumerable<IMailOutcomes> listeners, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var listener in listeners)
                await listener.RecordAsync(db, outcomes, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new MailListenerException(failed);
        }
    }

    /// <summary>Where a mail goes that the server did not take.</summary>
    private (MailState State, DateTimeOffset DueAt, int Attempts) After(MailResult result, DateTimeOffset now)
    {
        var (mail, wait) = (result.Mail, options.Value.PauseAfter(result.Mail.Attempts));
        return result.Answer.Verdict switch
        {
            MailVerdict.NotNow => (mail.Attempts >= options.Value.Tries || now - (mail.FirstTriedAt ?? now) >= LongestWait ? MailState.Dead : MailState.Queued, now + wait, mail.Attempts),
            MailVerdict.Never => (MailState.Dead, now, mail.Attempts),
            MailVerdict.Unknown => (MailState.InDoubt, now + wait, mail.Attempts),
            MailVerdict.RouteClosed or MailVerdict.NotBegun => (MailState.Queued, now, mail.State is MailState.Submitting ? mail.Attempts - 1 : mail.Attempts),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Answer.Verdict, "This is no failure"),
        };
    }

    private async Task<IReadOnlyList<OutgoingMail>> SubmitAsync(ArmTwitchDb db, IReadOnlyCollection<OutgoingMail> ready, DateTimeOffset now, CancellationToken cancellationToken)
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

    private async Task<(IReadOnlyList<OutgoingMail> Claimed, int Taken)> ClaimAsync(ArmTwitchDb db, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (most <= 0)
            return ([], 0);
        var mails = await Locked(db, null, now, most).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var mailing in mails.Count < most ? await SendingAsync(db, cancellationToken) : [])
        {
            if (mails.Count >= most)
                break;
            var room = Math.Min(most - mails.Count, await AutomaticPause.RoomAsync(db, mailing!.Value, cancellationToken));
            mails.AddRange(await Locked(db, mailing, now, room).AsNoTracking().ToListAsync(cancellationToken));
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
        db.Set<Mailing>().Where(mailing => mailing.State == MailingState.Sending).OrderBy(mailing => mailing.Priority).ThenBy(mailing => mailing.StartedAt)
            .Select(mailing => (Guid?)mailing.Id).ToListAsync(cancellationToken);

    /// <summary>What is due of one mailing, or of everything outside mailings.</summary>
    private static IQueryable<OutgoingMail> Next(ArmTwitchDb db, Guid? mailing, DateTimeOffset now) =>
        Of(db, mailing).Where(mail => mail.State == MailState.Queued && mail.DueAt <= now);

    /// <remarks>SQLite would sooner go through all that waits, by when it is due, and sort it: for a list of 100,000 at every turn.</remarks>
    private static IQueryable<OutgoingMail> Of(ArmTwitchDb db, Guid? mailing)
    {
        if (!db.Database.IsSqlite())
            return db.Set<OutgoingMail>().Where(mail => mail.MailingId == mailing);
        return mailing is null
            ? db.Set<OutgoingMail>().FromSql($"""SELECT * FROM "OutgoingMails" INDEXED BY "IX_OutgoingMails_MailingId_State_Priority_DueAt" WHERE "MailingId" IS NULL""")
            : db.Set<OutgoingMail>().FromSql($"""SELECT * FROM "OutgoingMails" INDEXED BY "IX_OutgoingMails_MailingId_State_Priority_DueAt" WHERE "MailingId" = {mailing}""");
    }

    /// <summary>The first of what is due, in the order of an index: a mailing has thousands that are due at the same moment. Where several programs share PostgreSQL, each passes by what another is just taking.</summary>
    private static IQueryable<OutgoingMail> Locked(ArmTwitchDb db, Guid? mailing, DateTimeOffset now, int most)
    {
        if (db.Database.IsSqlite())
            return Next(db, mailing, now).OrderBy(mail => mail.Priority).ThenBy(mail => mail.DueAt).Take(most);
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
        var repeatable = mails.Where(row => row.State == MailState.InDoubt && row.MayRepeat && row.Attempts < tries && (row.DueAt <= now || row.QueuedAt > soon));
        var early = mails.Where(row => row.State == MailState.Queued && row.DueAt > now && row.QueuedAt > soon);
        var found = await claimed.Select(row => row.Id).Concat(submitting.Select(row => row.Id)).Concat(repeatable.Select(row => row.Id))
            .Concat(early.Select(row => row.Id)).ToListAsync(cancellationToken);
        if (found.Count is 0)
            return 0;

        using var turn = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await MailRecords.LockAsync(db, found, cancellationToken);
        await claimed.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailState.Queued).SetProperty(row => row.DueAt, now), cancellationToken);
        foreach (var erased in new[] { submitting, repeatable })
        {
            await erased.Where(row => row.To.EndsWith(MailRecords.Nobody)).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailState.Cancelled), cancellationToken);
        }

        await repeatable.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailState.Queued).SetProperty(row => row.DueAt, now), cancellationToken);
        await early.ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now).SetProperty(row => row.QueuedAt, now), cancellationToken);
        var inDoubt = await submitting.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, MailState.InDoubt).SetProperty(row => row.DueAt, now)
                .SetProperty(row => row.Answer, "The program ended while it was handing the mail over."),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
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
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mail = db.Set<OutgoingMail>().Where(row => row.Id == id);
        var resolved = state switch
        {
            MailState.Sent => await mail.Where(row => row.State == MailState.InDoubt)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailState.Sent).SetProperty(row => row.SentAt, now), cancellationToken) is 1,
            MailState.Queued => await mail.Where(row => (row.State == MailState.InDoubt || row.State == MailState.Dead) && !row.To.EndsWith(MailRecords.Nobody))
                .Where(row => row.MailingId == null ? row.Text != "" : db.Set<Mailing>().Any(mailing => mailing.Id == row.MailingId && mailing.PrunedAt == null && mailing.State != MailingState.Cancelled))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, MailState.Queued).SetProperty(row => row.Attempts, 0).SetProperty(row => row.DueAt, now).SetProperty(row => row.QueuedAt, now)
                        .SetProperty(row => row.FirstTriedAt, (DateTimeOffset?)null),
                    cancellationToken) is 1,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "An operator says sent or queued"),
        };
        if (resolved && state is MailState.Queued)
        {
            await db.Set<Mailing>().Where(mailing => mailing.State == MailingState.Done && mail.Any(row => row.MailingId == mailing.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(mailing => mailing.State, MailingState.Sending).SetProperty(mailing => mailing.DoneAt, (DateTimeOffset?)null), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return resolved;
    }

    /// <summary>The mails in one state, or all; the oldest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> ListAsync(MailState? state, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().AsNoTracking().Where(mail => state == null || mail.State == state).OrderBy(mail => mail.QueuedAt).ThenBy(mail => mail.Id).ToListAsync(cancellationToken);
    }

    /// <summary>What a server says can be anything; what a database does not take, such as a zero byte, would keep the result from being written.</summary>
    private static string? Short(string? words) =>
        words is null ? null : new([.. words.Take(OutgoingMail.MaxAnswerLength).Select(sign => (char.IsControl(sign) && sign is not '\n') || char.IsSurrogate(sign) ? ' ' : sign)]);
}

/// <summary>Whoever is told of outcomes has failed, rather than the outbox.</summary>
internal sealed class MailListenerException(Exception cause) : Exception("A listener of mail outcomes failed.", cause);

/// <summary>What the outbox has to do.</summary>
/// <param name="Oldest">When the first of them was queued.</param>
/// <param name="HasLeft">Whether a mail was sent lately.</param>
internal readonly record struct DueMails(int Count, DateTimeOffset Oldest, bool HasLeft);

/// <summary>A mail, and what became of one try.</summary>
internal readonly record struct MailResult(OutgoingMail Mail, MailAnswer Answer);

/// <summary>What one turn of the outbox brought.</summary>
/// <param name="Claimed">Mails that now belong to whoever asked.</param>
/// <param name="Submitted">Mails that must go to the mail server now.</param>
/// <param name="Late">Mails whose result changed nothing, because somebody else had settled them.</param>
/// <param name="Taken">How many were taken, together with those that turned out to be suppressed.</param>
/// <param name="At">When the leases began, as a timestamp of the clock.</param>
internal sealed record MailTurn(IReadOnlyList<OutgoingMail> Claimed, IReadOnlyList<OutgoingMail> Submitted, IReadOnlyList<Guid> Late, int Taken, long At)
{
    public static readonly MailTurn Nothing = new([], [], [], 0, 0);
}
