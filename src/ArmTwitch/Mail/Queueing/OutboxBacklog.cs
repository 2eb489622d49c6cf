namespace ArmTwitch.Mail.Queueing;

/// <summary>The mails that should have left.</summary>
/// <param name="Oldest">When the first of them was queued; now when there is none.</param>
/// <param name="HasLeft">Whether a mail was sent lately.</param>
internal readonly record struct OutboxBacklog(int Count, DateTimeOffset Oldest, bool HasLeft);
