using ArmTwitch.Mail.Transports;

namespace ArmTwitch.Mail.Queueing;

/// <summary>A mail, and what became of one try.</summary>
internal readonly record struct MailSendResult(OutgoingMail Mail, SendResult Answer);

/// <summary>What one turn of the outbox brought.</summary>
/// <param name="Claimed">Mails that now belong to whoever asked.</param>
/// <param name="Submitted">Mails that must go to the mail server now.</param>
/// <param name="Late">Mails whose result changed nothing, because somebody else had settled them.</param>
/// <param name="Taken">How many were taken, together with those that turned out to be suppressed.</param>
/// <param name="At">When the leases began, as a timestamp of the clock.</param>
internal sealed record OutboxBatch(
    IReadOnlyList<OutgoingMail> Claimed, IReadOnlyList<OutgoingMail> Submitted, IReadOnlyList<Guid> Late, int Taken, long At)
{
    public static readonly OutboxBatch Nothing = new([], [], [], 0, 0);
}
