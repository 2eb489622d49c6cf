using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// Settles the unknown mails of a mailing together. There are few: a mailing pauses after three of them for each connection.
/// </summary>
public sealed class UnknownMailService(IDbContextFactory<ArmTwitchDb> databases, Outbox outbox)
{
    /// <summary>The unknown mails of a mailing by what the mail server said, the commonest words first.</summary>
    /// <param name="most">How many different words are listed.</param>
    public async Task<IReadOnlyList<UnknownMailGroup>> ListAsync(Guid mailing, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutgoingMail>().Where(mail => mail.MailingId == mailing && mail.State == MailState.InDoubt)
            .GroupBy(mail => mail.Answer).Select(group => new { group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count).Take(most)
            .Select(group => new UnknownMailGroup(group.Key, group.Count)).ToListAsync(cancellationToken);
    }

    /// <summary>Applies an operator's decision to all mails of a group, in the caller's transaction.</summary>
    /// <param name="seen">The group that was looked at.</param>
    /// <param name="state"><see cref="MailState.Sent"/> or <see cref="MailState.Queued"/>.</param>
    /// <param name="by"><inheritdoc cref="MailResolution" path="/param[@name='By']"/></param>
    /// <returns>How many were settled; null when there are more or fewer of them now, and nothing was done.</returns>
    internal async Task<int?> ResolveAsync(
        ArmTwitchDb db, Guid mailing, UnknownMailGroup seen, MailState state, string by, CancellationToken cancellationToken)
    {
        var group = db.Set<OutgoingMail>()
            .Where(mail => mail.MailingId == mailing && mail.State == MailState.InDoubt && mail.Answer == seen.Answer);
        if (await group.CountAsync(cancellationToken) != seen.Count)
            return null;
        return await outbox.ResolveAsync(db, group, state, by, cancellationToken);
    }
}

/// <summary>Unknown mails of which the mail server said the same.</summary>
/// <param name="Answer">Null when it said nothing.</param>
public sealed record UnknownMailGroup(string? Answer, int Count);
