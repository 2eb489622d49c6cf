namespace ArmTwitch.Mail.Queueing;

/// <summary>What a feature wants many people to have.</summary>
/// <param name="Text">With the placeholders of <see cref="Mailing"/>.</param>
/// <param name="Html">The same; what takes their place is encoded for HTML.</param>
/// <param name="ListId"><inheritdoc cref="Mailing.ListId" path="/summary"/></param>
public sealed record MailingDraft(string Subject, string Text, string Html, string ListId)
{
    /// <summary>Behind everything that a single person waits for.</summary>
    public const int UsualPriority = 10;

    /// <inheritdoc cref="Mailing.UnsubscribeMailbox"/>
    public string? UnsubscribeMailbox { get; init; }

    /// <inheritdoc cref="OutgoingMail.SuppressionScope"/>
    public string? SuppressionScope { get; init; }

    /// <inheritdoc cref="OutgoingMail.Priority"/>
    public int Priority { get; init; } = UsualPriority;
}

/// <param name="To">The bare address.</param>
/// <param name="UnsubscribeAddress">Where one click ends the series for this recipient (RFC 8058).</param>
/// <param name="ManageAddress">Where this recipient sees what is kept.</param>
public readonly record struct MailingRecipient(string To, string? UnsubscribeAddress = null, string? ManageAddress = null);
