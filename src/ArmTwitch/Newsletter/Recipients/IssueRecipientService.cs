using System.Linq.Expressions;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Recipients;

/// <summary>
/// The copies of an issue, and what editors say of them. <see cref="IssueCopiesAuditor"/> adds an audit entry to each act, in its
/// transaction.
/// </summary>
public sealed class IssueRecipientService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, MailingService mailings, Outbox outbox,
    UnknownMailService unknown)
{
    /// <summary>The copies in one state, or all that wait for <see cref="MailState.Queued"/>, the oldest first.</summary>
    /// <param name="reason">Only those that were refused for it; null for all.</param>
    /// <param name="after">The last mail of the page before; null to begin.</param>
    public async Task<IReadOnlyList<IssueRecipient>> ListAsync(
        Guid mailing, MailState state, RefusedMailGroup? reason, Guid? after, int most, CancellationToken cancellationToken = default)
    {
        Expression<Func<OutgoingMail, bool>>? which = reason is { Status: var status } ? mail => mail.Status == status : null;
        var mails = await mailings.ListAsync(mailing, state, after, most, which, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await WithSubscribersAsync(db, mails, cancellationToken);
    }

    /// <summary>
    /// The copies to addresses that hold some words, in whatever state, the oldest first. All addresses of the issue are looked through:
    /// ask for it once, and not with every key.
    /// </summary>
    public async Task<IReadOnlyList<IssueRecipient>> FindAsync(
        Guid mailing, string words, int most, CancellationToken cancellationToken = default)
    {
        var (cause, part) = (MailingService.CauseOf(mailing), words.Trim().ToLowerInvariant());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
#pragma warning disable CA1304, CA1311, CA1862 // The database does it.
        var mails = await db.Set<OutgoingMail>().AsNoTracking()
            .Where(mail => mail.Cause == cause && mail.To.ToLower().Contains(part) && !mail.To.EndsWith(SentMailRecords.Nobody))
            .OrderBy(mail => mail.Id).Take(most).ToListAsync(cancellationToken);
#pragma warning restore CA1304, CA1311, CA1862
        return await WithSubscribersAsync(db, mails, cancellationToken);
    }

    /// <summary>Why copies were refused, the commonest reason first.</summary>
    public async Task<IReadOnlyList<RefusedMailGroup>> ListRefusalsAsync(Guid mailing, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().Where(mail => mail.MailingId == mailing && mail.State == MailState.Dead)
            .GroupBy(mail => mail.Status).Select(group => new { group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Key)
            .Select(group => new RefusedMailGroup(group.Key, group.Count)).ToListAsync(cancellationToken);
    }

    /// <summary>Settles one copy.</summary>
    /// <param name="state"><see cref="MailState.Sent"/> or <see cref="MailState.Queued"/>, as <see cref="Outbox"/> has it.</param>
    /// <param name="by"><inheritdoc cref="IssueAuditEntry.By" path="/summary"/></param>
    /// <returns>False when the copy is in another state now; nothing was done.</returns>
    public async Task<bool> SettleAsync(
        Guid mailing, Guid copy, MailState state, string by, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var mail = write.Db.Set<OutgoingMail>().Where(one => one.Id == copy && one.MailingId == mailing);
        if (await outbox.ResolveAsync(write.Db, mail, state, by, cancellationToken) is 0)
            return false;
        await write.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Settles the unknown copies of which the mail server said the same.</summary>
    /// <param name="seen">The group that was looked at.</param>
    /// <param name="state"><inheritdoc cref="SettleAsync" path="/param[@name='state']"/></param>
    /// <param name="by"><inheritdoc cref="IssueAuditEntry.By" path="/summary"/></param>
    /// <returns>How many were settled; null when there are more or fewer of them now, and nothing was done.</returns>
    public async Task<int?> SettleAllAsync(
        Guid mailing, UnknownMailGroup seen, MailState state, string by, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        if (await unknown.ResolveAsync(write.Db, mailing, seen, state, by, cancellationToken) is not { } settled)
            return null;
        await write.CommitAsync(cancellationToken);
        return settled;
    }

    private static async Task<IReadOnlyList<IssueRecipient>> WithSubscribersAsync(
        ArmTwitchDb db, IReadOnlyList<OutgoingMail> mails, CancellationToken cancellationToken)
    {
        var keys = mails.Select(mail => EmailAddress.Normalize(mail.To)).ToList();
        var subscribers = await db.Set<Subscriber>().Where(one => keys.Contains(one.Key!)).Select(one => new { one.Key, one.Id })
            .ToDictionaryAsync(one => one.Key!, one => one.Id, cancellationToken);
        return [.. mails.Select((mail, place) => new IssueRecipient(mail, subscribers.TryGetValue(keys[place], out var id) ? id : null))];
    }
}

/// <summary>One copy of an issue.</summary>
/// <param name="Subscriber">Whose address it went to; null when nobody has it any more.</param>
public sealed record IssueRecipient(OutgoingMail Mail, Guid? Subscriber);

/// <summary>Copies that were refused for the same reason.</summary>
/// <param name="Status">The enhanced status code (RFC 3463), such as 5.1.1; null when the server gave none.</param>
public sealed record RefusedMailGroup(string? Status, int Count)
{
    /// <summary>The reason in words, as far as the code tells it.</summary>
    public string Words => Status is null ? "No reason in numbers" : (EnhancedStatusCode.FailureOf(Status, null), Status) switch
    {
        (DeliveryFailure.NoSuchRecipient, _) => "No such mailbox",
        (DeliveryFailure.SenderRefused, _) => "We are refused as the sender",
        (_, ['5' or '4', '.', '2', '.', '2', ..]) => "Mailbox full",
        (_, ['5' or '4', '.', '2', '.', ..]) => "Mailbox closed",
        (_, ['5', '.', '7', '.', ..]) => "Refused by a rule of the server",
        (DeliveryFailure.MessageRefused, _) => "The mail was refused",
        (_, ['4', ..]) => "Not reached for a day",
        _ => "Not reached",
    };
}
