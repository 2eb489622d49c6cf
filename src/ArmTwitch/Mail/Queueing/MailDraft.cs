using MimeKit;

namespace ArmTwitch.Mail.Queueing;

/// <summary>What a feature wants to have sent.</summary>
/// <param name="Cause">What it tells of; one cause makes one mail to one recipient.</param>
/// <param name="To">The bare address.</param>
public sealed record MailDraft(string Cause, string To, string Subject, string Text, string Html)
{
    /// <inheritdoc cref="OutgoingMail.UnsubscribeAddress"/>
    public string? UnsubscribeAddress { get; init; }

    /// <inheritdoc cref="OutgoingMail.SuppressionScope"/>
    public string? SuppressionScope { get; init; }

    /// <inheritdoc cref="OutgoingMail.Priority"/>
    public int Priority { get; init; }

    /// <inheritdoc cref="OutgoingMail.MayRepeat"/>
    public bool MayRepeat { get; init; } = true;

    /// <summary>When the first try is due, so that what it tells of can still be undone; null for at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether a mail can be sent there: one address, with no name, no second one and no line break.</summary>
    public static bool IsAddress(string text) =>
        !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && mailbox.Domain.Length > 0;
}
