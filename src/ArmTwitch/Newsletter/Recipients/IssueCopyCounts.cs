using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Recipients;

/// <summary>What became of the copies of several issues, for a list of them.</summary>
public sealed class IssueCopyCounts(IDbContextFactory<ArmTwitchDb> databases)
{
    /// <summary>All but delivered, as nearly every copy is sooner or later.</summary>
    private static readonly MailState[] Others = [.. Enum.GetValues<MailState>().Where(state => state is not MailState.Sent)];

    /// <summary>
    /// Counts the copies of mailings by state. Only those that are not delivered are looked at, by an index; delivered is what is left of
    /// the audience. So a list of sent issues costs as much as had trouble, however many people got them; and it cannot tell that copies are
    /// missing, which <see cref="MailingService.CountAsync"/> does. When there are more than the audience, the counts do not add up.
    /// </summary>
    /// <returns>Those whose audience is known.</returns>
    public async Task<IReadOnlyDictionary<Guid, MailingCount>> CountAsync(
        IReadOnlyCollection<Guid> mailings, CancellationToken cancellationToken = default)
    {
        if (mailings.Count is 0)
            return new Dictionary<Guid, MailingCount>();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var audiences = await db.Set<Mailing>().Where(mailing => mailings.Contains(mailing.Id) && mailing.Audience != null)
            .Select(mailing => new { mailing.Id, Audience = mailing.Audience!.Value }).ToListAsync(cancellationToken);
        var ids = audiences.Select(mailing => (Guid?)mailing.Id).ToList();
        var counted = await db.Set<OutgoingMail>().Where(mail => ids.Contains(mail.MailingId) && Others.Contains(mail.State))
            .GroupBy(mail => new { mail.MailingId, mail.State })
            .Select(alike => new { alike.Key.MailingId, alike.Key.State, Count = alike.Count() })
            .ToDictionaryAsync(alike => (alike.MailingId!.Value, alike.State), alike => alike.Count, cancellationToken);
        return audiences.ToDictionary(mailing => mailing.Id, mailing => CountOf(mailing.Id, mailing.Audience));

        MailingCount CountOf(Guid mailing, int audience)
        {
            var (others, waiting) = (Others.Sum(Of), Of(MailState.Queued) + Of(MailState.Claimed) + Of(MailState.Submitting));
            return new(
                audience, Math.Max(0, audience - others), Of(MailState.Dead), Of(MailState.InDoubt), Of(MailState.Suppressed),
                Of(MailState.Cancelled), waiting);

            int Of(MailState state) => counted.GetValueOrDefault((mailing, state));
        }
    }
}
