using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail;

/// <summary>Takes a person out of the mails that were sent to them. What became of each mail stays, so that the counts still add up.</summary>
public static class MailErasure
{
    /// <summary>Part of the caller's transaction. What still waits is cancelled.</summary>
    /// <param name="spellings">The address as it was written to.</param>
    /// <returns>How many mails named the address.</returns>
    public static async Task<int> EraseAsync(ArmTwitchDb db, IReadOnlyCollection<string> spellings, CancellationToken cancellationToken = default)
    {
        var ids = await db.Set<OutgoingMail>().Where(mail => spellings.Contains(mail.To)).Select(mail => mail.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            var nobody = $"erased-{id:N}@invalid";
            await db.Set<OutgoingMail>().Where(mail => mail.Id == id && (mail.State == MailState.Queued || mail.State == MailState.Claimed))
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.Cancelled), cancellationToken);
            await db.Set<OutgoingMail>().Where(mail => mail.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.To, nobody).SetProperty(mail => mail.Text, "").SetProperty(mail => mail.Html, "")
                    .SetProperty(mail => mail.UnsubscribeAddress, (string?)null).SetProperty(mail => mail.ManageAddress, (string?)null).SetProperty(mail => mail.Answer, (string?)null),
                cancellationToken);
        }

        return ids.Count;
    }
}
