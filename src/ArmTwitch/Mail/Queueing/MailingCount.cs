namespace ArmTwitch.Mail.Queueing;

/// <summary>How many recipients of a mailing stand where.</summary>
/// <param name="Audience">How many were written down when the audience was frozen.</param>
/// <param name="Waiting">Queued, claimed or on the way.</param>
public sealed record MailingCount(int Audience, int Sent, int Dead, int InDoubt, int Suppressed, int Cancelled, int Waiting)
{
    /// <summary>Whether everybody is accounted for. If not, rows were lost or made up.</summary>
    public bool AddsUp => Audience == Sent + Dead + InDoubt + Suppressed + Cancelled + Waiting;

    /// <summary>Mails a second since it last began or went on; 0 while it does not run.</summary>
    public double PerSecond { get; init; }

    /// <summary>When nothing will wait any more, at this rate; null when that cannot be said.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
