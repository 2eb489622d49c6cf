namespace ArmTwitch.Mail.Queueing;

/// <summary>How many recipients of a mailing are in which state.</summary>
/// <param name="Audience">How many there were when the audience was frozen.</param>
/// <param name="Waiting">Queued, claimed or on their way.</param>
public sealed record MailingCount(int Audience, int Sent, int Dead, int InDoubt, int Suppressed, int Cancelled, int Waiting)
{
    /// <summary>Whether there is exactly one row for each recipient.</summary>
    public bool AddsUp => Audience == Sent + Dead + InDoubt + Suppressed + Cancelled + Waiting;

    /// <summary>Mails a second since it was last started or resumed; 0 while it is not sending.</summary>
    public double PerSecond { get; init; }

    /// <summary>When the last mail leaves at this rate; null when there is no rate.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
