using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;

namespace ArmTwitch.Mail.Sending;

/// <summary>Decides when a mail that was not taken is tried again, and when no more.</summary>
internal static class MailRetryPolicy
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>Where a mail goes that the server did not take.</summary>
    public static (MailState State, DateTimeOffset DueAt, int Attempts) NextState(
        MailSendResult result, MailOptions options, DateTimeOffset now)
    {
        var (mail, wait) = (result.Mail, options.RetryDelayAfter(result.Mail.Attempts));
        return result.Answer.Verdict switch
        {
            SendVerdict.NotNow when mail.Attempts < options.Tries && now - (mail.FirstTriedAt ?? now) < LongestWait =>
                (MailState.Queued, now + wait, mail.Attempts),
            SendVerdict.NotNow or SendVerdict.Never => (MailState.Dead, now, mail.Attempts),
            SendVerdict.Unknown => (MailState.InDoubt, now + wait, mail.Attempts),
            SendVerdict.RouteClosed or SendVerdict.NotBegun =>
                (MailState.Queued, now, mail.State is MailState.Submitting ? mail.Attempts - 1 : mail.Attempts),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Answer.Verdict, "This is no failure"),
        };
    }
}
