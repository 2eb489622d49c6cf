using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>The single mails of a subscription. They contain nothing that a visitor typed.</summary>
public sealed class SubscriptionMailer(Outbox outbox, Site site)
{
    /// <summary>The beginning of the <c>Cause</c> of each of them.</summary>
    internal const string Cause = "newsletter ";

    /// <param name="cause">The form, or a number of its own.</param>
    /// <param name="until">When the link ends; null for seven days from now.</param>
    internal void QueueConfirmation(ArmTwitchDb db, Guid cause, string to, string token, string code, DateTimeOffset? until) =>
        Queue(db, $"{Cause}confirm {cause}", to, Confirmation(token, code, until));

    internal void QueueReminder(ArmTwitchDb db, SubscriptionRequest form, string to) => Queue(db, $"{Cause}already {form.Id}", to, Reminder());

    internal void QueueManageLink(ArmTwitchDb db, SubscriptionRequest form, string to, string token) =>
        Queue(db, $"{Cause}manage {form.Id}", to, ManageLink(token));

    internal TransactionalMessage Confirmation(string token, string code, DateTimeOffset? until = null)
    {
        var end = until?.UtcDateTime.ToString("d MMMM, HH:mm", CultureInfo.InvariantCulture);
        return new TransactionalMessage($"Confirm the {site.Name} newsletter", "One step is left. Without it you get nothing.")
            .Paragraph($"You, or somebody else, asked for the {site.Name} newsletter at this address. One step is left:")
            .Button("Confirm the newsletter", site.Absolute($"/newsletter/confirm?token={token}"))
            .Paragraph("The link opens a page with one button. Nothing happens until you press it. "
                + (end is null ? "It works for 7 days." : $"It works until {end} UTC."))
            .Paragraph("Is the page where you signed up still open? Then you can type this code there instead. It works for 30 minutes.")
            .Code(code)
            .Paragraph("If it was not you, do nothing. You get no newsletter, and your address is deleted "
                + (end is null ? "after 7 days." : "then."));
    }

    internal TransactionalMessage Reminder() =>
        new TransactionalMessage($"You already get the {site.Name} newsletter", "Nothing has changed.")
            .Paragraph(
                $"Somebody, perhaps you, asked for the {site.Name} newsletter at this address. You already get it, so nothing has changed.")
            .Paragraph("To see what we keep about you, to leave, or to have it erased, ask for a link:")
            .Button("See what we keep", site.Absolute("/newsletter/manage"))
            .Paragraph("If it was not you, do nothing. We send this mail at most once a day.");

    internal TransactionalMessage ManageLink(string token) =>
        new TransactionalMessage($"Your {site.Name} newsletter data", "A link that works for one hour.")
            .Paragraph(
                "Here is the link you asked for. It shows what we keep about you. There you can leave, download it, or have it erased.")
            .Button("See what we keep", site.Absolute($"/newsletter/manage/{token}"))
            .Paragraph("It works for one hour. Do not pass it on.")
            .Paragraph("If it was not you, do nothing. Nobody else has seen anything.");

    private void Queue(ArmTwitchDb db, string cause, string to, TransactionalMessage message) =>
        outbox.Queue(db, message.ToDraft(cause, to, site));
}
