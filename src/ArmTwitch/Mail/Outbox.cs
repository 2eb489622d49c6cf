using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
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

    /// <inheritdoc cref="OutgoingMail.Priority"/>
    public int Priority { get; init; }

    /// <inheritdoc cref="OutgoingMail.MayRepeat"/>
    public bool MayRepeat { get; init; } = true;

    /// <summary>Whether a mail can be sent there: one address, with no name, no second one and no line break.</summary>
    public static bool IsAddress(string text) =>
        !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && mailbox.Domain.Length > 0;
}

/// <summary>
/// The mails that wait and those that went. Every step is one conditional statement: who comes second is told so and changes nothing.
/// </summary>
public sealed class Outbox(
    IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, MailMessages messages, IOptions<MailOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>Adds a mail to the caller's own context, to be saved together with its cause. A second mail of the same cause to the same recipient fails there.</summary>
    /// <exception cref="ArgumentException">The address or the subject would not make a mail.</exception>
    public OutgoingMail Queue(ArmTwitchDb db, MailDraft draft)
    {
        if (!MailDraft.IsAddress(draft.To))
            throw new ArgumentException("This is no address", nameof(draft));
        if (draft.Subject.Any(char.IsControl))
            throw new ArgumentException("A subject is one line", nameof(draft));
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var mail = new OutgoingMail
        {
            Id = id,
            Cause = draft.Cause,
            To = draft.To,
            Subject = draft.Subject,
            Text = draft.Text,
            Html = draft.Html,
            UnsubscribeAddress = draft.UnsubscribeAddress,
            MessageId = $"{id:N}@{messages.Domain}",
            Priority = draft.Priority,
            MayRepeat = draft.MayRepeat,
            QueuedAt = now,
            DueAt = now,
        };
        db.Add(mail);
        return mail;
    }

    /// <summary>Whether a mail waits whose time has come.</summary>
    internal async Task<bool> IsAnyDueAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Due(db).AnyAsync(cancellationToken);
    }

    /// <summary>Takes the mail that is next for the length of a lease.</summary>
    /// <returns>Null when none is due.</returns>
    internal async Task<OutgoingMail?> ClaimAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var mail = await Due(db).AsNoTracking().OrderBy(one => one.Priority).ThenBy(one => one.DueAt).FirstOrDefaultAsync(cancellationToken);
            if (mail is null)
                return null;
            var (fence, until) = (mail.Fence + 1, clock.GetUtcNow() + options.Value.Lease);
            var claimed = await db.Set<OutgoingMail>().Where(row => row.Id == mail.Id && row.Fence == mail.Fence && row.State == MailState.Queued)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, MailState.Claimed).SetProperty(row => row.Fence, fence).SetProperty(row => row.DueAt, until),
                    cancellationToken);
            if (claimed is 0)
                continue;
            (mail.State, mail.Fence, mail.DueAt) = (MailState.Claimed, fence, until);
            return mail;
        }
    }

    /// <summary>Says, before the first word to the mail server, that the mail is on its way.</summary>
    /// <returns>False when the claim has ended.</returns>
    internal async Task<bool> SubmitAsync(OutgoingMail mail, CancellationToken cancellationToken = default)
    {
        var until = clock.GetUtcNow() + options.Value.Lease;
        if (!await MoveAsync(mail, [MailState.Claimed], MailState.Submitting, set => set.SetProperty(row => row.DueAt, until).SetProperty(row => row.Attempts, row => row.Attempts + 1), cancellationToken))
            return false;
        (mail.State, mail.DueAt, mail.Attempts) = (MailState.Submitting, until, mail.Attempts + 1);
        return true;
    }

    /// <summary>Gives a mail back that no try was made with, or whose try was not its own fault.</summary>
    internal Task<bool> ReleaseAsync(OutgoingMail mail, string? words = null, CancellationToken cancellationToken = default)
    {
        var (now, attempts) = (clock.GetUtcNow(), mail.State is MailState.Submitting ? mail.Attempts - 1 : mail.Attempts);
        return MoveAsync(mail, [mail.State], MailState.Queued, set => set.SetProperty(row => row.DueAt, now).SetProperty(row => row.Attempts, attempts).SetProperty(row => row.Answer, Short(words)), cancellationToken);
    }

    /// <summary>The mail server took it. That is the truth also for a mail whose lease ran out meanwhile.</summary>
    internal Task<bool> SentAsync(OutgoingMail mail, string words, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        return MoveAsync(mail, [MailState.Submitting, MailState.InDoubt], MailState.Sent, set => set.SetProperty(row => row.SentAt, now).SetProperty(row => row.Answer, Short(words)), cancellationToken);
    }

    /// <summary>It surely was not taken: again later, or dead when the tries are used up or the mail is a day old.</summary>
    internal Task<bool> NotNowAsync(OutgoingMail mail, string words, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var isOver = mail.Attempts >= options.Value.Tries || now - mail.QueuedAt >= LongestWait;
        var due = now + options.Value.PauseAfter(mail.Attempts);
        return MoveAsync(
            mail, [MailState.Submitting, MailState.InDoubt], isOver ? MailState.Dead : MailState.Queued, set => set.SetProperty(row => row.DueAt, due).SetProperty(row => row.Answer, Short(words)), cancellationToken);
    }

    /// <summary>It will never be taken, or cannot even be made.</summary>
    internal Task<bool> DeadAsync(OutgoingMail mail, string words, CancellationToken cancellationToken = default) =>
        MoveAsync(mail, [MailState.Claimed, MailState.Submitting, MailState.InDoubt], MailState.Dead, set => set.SetProperty(row => row.Answer, Short(words)), cancellationToken);

    /// <summary>Nobody knows whether it was taken.</summary>
    internal Task<bool> InDoubtAsync(OutgoingMail mail, string words, CancellationToken cancellationToken = default)
    {
        var due = clock.GetUtcNow() + options.Value.PauseAfter(mail.Attempts);
        return MoveAsync(mail, [MailState.Submitting], MailState.InDoubt, set => set.SetProperty(row => row.DueAt, due).SetProperty(row => row.Answer, Short(words)), cancellationToken);
    }

    /// <summary>
    /// Looks after mails that nobody holds any more: one that was only claimed goes back, one that was on its way is in doubt, and one
    /// in doubt that may be repeated waits again.
    /// </summary>
    /// <returns>How many were found to be in doubt.</returns>
    internal async Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        var (now, tries) = (clock.GetUtcNow(), options.Value.Tries);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mails = db.Set<OutgoingMail>();
        var claimed = mails.Where(row => row.State == MailState.Claimed && row.DueAt <= now);
        var submitting = mails.Where(row => row.State == MailState.Submitting && row.DueAt <= now);
        var repeatable = mails.Where(row => row.State == MailState.InDoubt && row.MayRepeat && row.Attempts < tries && row.DueAt <= now);
        if (!await claimed.Select(row => row.Id).Concat(submitting.Select(row => row.Id)).Concat(repeatable.Select(row => row.Id)).AnyAsync(cancellationToken))
            return 0;

        using var turn = await gate.EnterAsync(cancellationToken);
        await claimed.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailState.Queued), cancellationToken);
        await repeatable.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailState.Queued), cancellationToken);
        return await submitting.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, MailState.InDoubt).SetProperty(row => row.Answer, "The program ended while it was handing the mail over."), cancellationToken);
    }

    /// <summary>Does what an operator has found out: an in-doubt mail was sent, or shall be sent again; a dead one gets all its tries once more.</summary>
    /// <returns>False when the mail is not there, or not in such a state.</returns>
    public async Task<bool> ResolveAsync(Guid id, MailState state, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mail = db.Set<OutgoingMail>().Where(row => row.Id == id);
        return state switch
        {
            MailState.Sent => await mail.Where(row => row.State == MailState.InDoubt)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailState.Sent).SetProperty(row => row.SentAt, now), cancellationToken) is 1,
            MailState.Queued => await mail.Where(row => row.State == MailState.InDoubt || row.State == MailState.Dead)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, MailState.Queued).SetProperty(row => row.Attempts, 0).SetProperty(row => row.DueAt, now).SetProperty(row => row.QueuedAt, now),
                    cancellationToken) is 1,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "An operator says sent or queued"),
        };
    }

    /// <summary>The mails in one state, or all; the oldest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> ListAsync(MailState? state, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().AsNoTracking().Where(mail => state == null || mail.State == state).OrderBy(mail => mail.QueuedAt).ThenBy(mail => mail.Id).ToListAsync(cancellationToken);
    }

    private static string? Short(string? words) => words is { Length: > OutgoingMail.MaxAnswerLength } ? words[..OutgoingMail.MaxAnswerLength] : words;

    private IQueryable<OutgoingMail> Due(ArmTwitchDb db)
    {
        var now = clock.GetUtcNow();
        return db.Set<OutgoingMail>().Where(mail => mail.State == MailState.Queued && mail.DueAt <= now);
    }

    private async Task<bool> MoveAsync(
        OutgoingMail mail, List<MailState> from, MailState to, Action<UpdateSettersBuilder<OutgoingMail>> set, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().Where(row => row.Id == mail.Id && row.Fence == mail.Fence && from.Contains(row.State))
            .ExecuteUpdateAsync(
                all =>
                {
                    all.SetProperty(row => row.State, to);
                    set(all);
                },
                cancellationToken) is 1;
    }
}
