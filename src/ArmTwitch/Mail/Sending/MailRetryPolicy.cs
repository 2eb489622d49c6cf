using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;

namespace ArmTwitch.Mail.Sending;

/// <summary>What a row becomes after a try.</summary>
internal readonly record struct MailNextState(MailState State, DateTimeOffset DueAt, int Attempts);

/// <summary>Decides when a mail that was not accepted is tried again, and when it is given up.</summary>
internal static class MailRetryPolicy
{
    /// <summary>From the first try on. Within it a mail has <see cref="MailOptions.Tries"/>.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <remarks>A fault of the route, or a try that never began, does not count as a try.</remarks>
    public static MailNextState NextState(MailSendResult result, MailOptions options, DateTimeOffset now)
    {
        var (mail, wait) = (result.Mail, options.RetryDelayAfter(result.Mail.Attempts));
        return result.Answer.Verdict switch
        {
            SendVerdict.NotNow when mail.Attempts < options.Tries && now - (mail.FirstTriedAt ?? now) < LongestWait =>
                new(MailState.Queued, now + wait, mail.Attempts),
            SendVerdict.NotNow or SendVerdict.Never => new(MailState.Dead, now, mail.Attempts),
            SendVerdict.Unknown => new(MailState.InDoubt, now + wait, mail.Attempts),
            SendVerdict.RouteClosed or SendVerdict.NotBegun =>
                new(MailState.Queued, now, mail.State is MailState.Submitting ? mail.Attempts - 1 : mail.Attempts),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Answer.Verdict, "An accepted mail is not retried"),
        };
    }
}
