using ArmTwitch.Mail;
using ArmTwitch.Pages;

namespace ArmTwitch.Moderation;

/// <summary>Makes rows of the outbox from notes that moderation sends.</summary>
internal static class ModerationMail
{
    /// <param name="note">What it says.</param>
    /// <param name="wait">How long it stays here first, so that what it tells of can still be undone.</param>
    public static OutgoingMail To(this Note note, string recipient, Site site, string cause, DateTimeOffset now, TimeSpan wait, string? unsubscribeAddress = null) => new()
    {
        Cause = cause,
        To = recipient,
        Subject = note.Subject,
        Text = note.Text(site.Name, site.Origin),
        Html = note.Html(site.Name, site.Origin),
        UnsubscribeAddress = unsubscribeAddress,
        MessageId = $"{Guid.CreateVersion7():N}@{new Uri(site.Origin).Host}",
        QueuedAt = now,
        DueAt = now + wait,
    };
}
