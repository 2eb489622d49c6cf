using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Stopping;

/// <summary>Mails every editor and admin that the program has stopped an issue by itself: nobody may be looking at the screens.</summary>
public sealed class StoppedIssueMailer(Outbox outbox, Site site)
{
    /// <summary>Adds the mails to the caller's context, which saves them with the change of the issue.</summary>
    /// <param name="happened">Such as "is paused".</param>
    internal async Task QueueAsync(ArmTwitchDb db, Slug issue, string happened, string? why, CancellationToken cancellationToken)
    {
        var message = new TransactionalMessage($"{site.Name}: a newsletter has stopped", $"The issue {issue} {happened}.")
            .Paragraph($"The issue “{issue}” {happened}. Nothing more of it leaves until an editor has looked at it.");
        if (why is { Length: > 0 })
            message.Paragraph(why);
        message.Button("Look at the issue", site.Absolute($"/moderation/newsletter/{issue}"))
            .Paragraph("Every editor and admin gets this mail.");
        var people = await db.Users.Where(one => one.Role == ModeratorRole.Editor || one.Role == ModeratorRole.Admin)
            .Select(one => one.Email!).ToListAsync(cancellationToken);
        var cause = $"issue stopped {Guid.CreateVersion7()}";
        foreach (var address in people.Where(EmailAddress.CanReceive))
            outbox.Queue(db, message.ToDraft(cause, address, site));
    }
}
