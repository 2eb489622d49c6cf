using ArmTwitch.Data;
using ArmTwitch.Mail.Sending;

namespace ArmTwitch.Mail;

/// <summary>A feature that has to know which mails were sent or refused.</summary>
public interface IMailOutcomeHandler
{
    /// <summary>
    /// Gets the mails that were sent or refused, many at a time, in the transaction that records it: what is written to the context is
    /// committed with the outcome. It must not begin another <see cref="WriteTransaction"/>: it would wait for this one for ever.
    /// A handler that fails again and again is left out, because the outcome must be recorded.
    /// </summary>
    Task HandleAsync(ArmTwitchDb db, IReadOnlyList<MailOutcome> outcomes, CancellationToken cancellationToken);
}

/// <summary>The final result of one mail.</summary>
/// <param name="State"><see cref="MailState.Sent"/> or <see cref="MailState.Dead"/>.</param>
/// <param name="Status">The mail server's enhanced status (RFC 3463), such as 5.1.1; null when it gave none.</param>
/// <param name="Answer">What the mail server said.</param>
/// <param name="Failure">What the server blames; meaningless for a mail that was sent.</param>
public sealed record MailOutcome(
    Guid MailId, Guid? MailingId, string Cause, string To, MailState State, string? Status, string? Answer, DeliveryFailure Failure,
    DateTimeOffset At)
{
    /// <summary>Whether the server says that there is no such recipient.</summary>
    public bool IsHardBounce => State is MailState.Dead && Failure is DeliveryFailure.NoSuchRecipient;
}
