using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;

namespace ArmTwitch.Tests.Mail.Crash;

internal static class RecipientPages
{
    /// <summary>Recipients as <see cref="NextRecipients"/> reads them.</summary>
    public static NextRecipients InPages(this IEnumerable<MailingRecipient> recipients)
    {
        var rest = recipients.GetEnumerator();
        return (_, most, _) =>
        {
            var page = new List<MailingRecipient>();
            while (page.Count < most && rest.MoveNext())
                page.Add(rest.Current);
            return Task.FromResult<IReadOnlyList<MailingRecipient>>(page);
        };
    }
}
