using ArmTwitch.Mail.Messages;

namespace ArmTwitch.Mail.Queueing;

/// <summary>A mailing that a feature wants to send.</summary>
/// <param name="Text">With the placeholders of <see cref="Mailing"/>.</param>
/// <param name="Html">With the same placeholders; their values are encoded for HTML.</param>
/// <param name="ListId"><inheritdoc cref="Mailing.ListId" path="/summary"/></param>
public sealed record MailingDraft(string Subject, string Text, string Html, string ListId)
{
    /// <inheritdoc cref="Mailing.UnsubscribeMailbox"/>
    public string? UnsubscribeMailbox { get; init; }

    /// <inheritdoc cref="OutgoingMail.SuppressionScope"/>
    public string? SuppressionScope { get; init; }
}

/// <param name="To">The bare address.</param>
/// <param name="UnsubscribeAddress">See <see cref="OutgoingMail.UnsubscribeAddress"/>.</param>
/// <param name="ManageAddress">See <see cref="OutgoingMail.ManageAddress"/>.</param>
public readonly record struct MailingRecipient(string To, string? UnsubscribeAddress = null, string? ManageAddress = null)
{
    /// <returns>The row of this recipient's copy. Its words stand in the mailing.</returns>
    internal OutgoingMail CopyOf(Mailing mailing, MimeMessageFactory messages, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            Cause = MailingService.CauseOf(mailing.Id),
            To = To,
            MailingId = mailing.Id,
            SuppressionScope = mailing.SuppressionScope,
            Subject = "",
            Text = "",
            Html = "",
            UnsubscribeAddress = UnsubscribeAddress,
            ManageAddress = ManageAddress,
            MessageId = messages.IdFor(id),
            Priority = mailing.Priority,
            MayRepeat = false,
            QueuedAt = now,
            DueAt = now,
        };
    }
}
