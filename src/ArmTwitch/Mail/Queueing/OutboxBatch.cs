using ArmTwitch.Mail.Transports;

namespace ArmTwitch.Mail.Queueing;

/// <summary>A mail and the result of one try.</summary>
internal readonly record struct MailSendResult(OutgoingMail Mail, SendResult Answer);

/// <summary>What one transaction of the outbox did.</summary>
/// <param name="Claimed">Mails that belong to this program for the length of a lease.</param>
/// <param name="Submitted">Mails that are marked as on their way, and must go to the mail server now.</param>
/// <param name="Late">Mails whose result changed nothing, because another program had settled them.</param>
/// <param name="Taken">How many rows were claimed or found to be suppressed.</param>
/// <param name="At">When the leases began, as a timestamp of the clock.</param>
internal sealed record OutboxBatch(
    IReadOnlyList<OutgoingMail> Claimed, IReadOnlyList<OutgoingMail> Submitted, IReadOnlyList<Guid> Late, int Taken, long At)
{
    public static readonly OutboxBatch Nothing = new([], [], [], 0, 0);
}
