using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>
/// Mails every admin who was invited, removed or given another role, so that nobody can add an account with a stolen session unnoticed.
/// </summary>
public sealed class AccountChangeMailer(Outbox outbox, Site site, TimeProvider clock)
{
    /// <summary>The prefix of the causes of these mails.</summary>
    internal const string CausePrefix = "people ";

    /// <summary>
    /// Adds the mails to the caller's context, which saves them with the change. Must be called before the change, so that an admin who
    /// is removed or loses the role gets a mail too.
    /// </summary>
    /// <param name="by">Null for the command line.</param>
    /// <param name="did">What was done, such as "removed Grace".</param>
    internal async Task QueueAsync(ArmTwitchDb db, CurrentModerator? by, string did, CancellationToken cancellationToken)
    {
        var when = clock.GetUtcNow().UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var who = by is null ? "Whoever runs the site" : $"{by.Name} ({by.Email})";
        var message = new TransactionalMessage($"{site.Name}: who can moderate was changed", $"{who} {did}.")
            .Paragraph($"{who} {did}, on {when} UTC. Every admin gets this mail, also whoever did it.")
            .Paragraph("If you know of it, there is nothing to do.")
            .Paragraph(by is null
                ? "If nobody knows of it, somebody else is on the server. Tell whoever runs the site at once."
                : $"If it was not {by.Name}, somebody else is in that account. Remove the account and take back what was done:")
            .Button("People", site.Absolute("/moderation/people"));
        var admins = await db.Users.Where(one => one.Role == ModeratorRole.Admin).Select(one => one.Email!).ToListAsync(cancellationToken);
        var cause = $"{CausePrefix}{Guid.CreateVersion7()}";
        foreach (var admin in admins.Where(EmailAddress.CanReceive))
            outbox.Queue(db, message.ToDraft(cause, admin, site));
    }
}
