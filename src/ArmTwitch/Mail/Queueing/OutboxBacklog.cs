namespace ArmTwitch.Mail.Queueing;

/// <summary>What the outbox has to do.</summary>
/// <param name="Oldest">When the first of them was queued.</param>
/// <param name="HasLeft">Whether a mail was sent lately.</param>
internal readonly record struct OutboxBacklog(int Count, DateTimeOffset Oldest, bool HasLeft);
