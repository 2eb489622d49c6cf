namespace ArmTwitch.Mail.Queueing;

/// <summary>A mail that a feature wants to send.</summary>
/// <param name="Cause">The event it is about. One cause makes at most one mail to one recipient.</param>
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

    /// <summary>How long the first try waits, so that the event can be undone before the mail leaves.</summary>
    public TimeSpan Delay { get; init; }
}
