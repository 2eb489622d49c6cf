using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;

namespace ArmTwitch.Mail.Sending;

/// <summary>What a row becomes after a try.</summary>
internal readonly record struct MailNextState(MailState State, DateTimeOffset DueAt, int Attempts);

/// <summary>Decides when a mail that was not accepted is tried again, and when it is given up.</summary>
internal static class MailRetryPolicy
{
    /// <summary>In minutes, where <see cref="MailOptions.RetryMinutes"/> says nothing.</summary>
    private static readonly double[] DefaultRetryMinutes = [1, 5, 15, 60, 240];

    /// <summary>From the first try on; a mail older than this is given up whatever tries it has left.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>How many tries a mail has.</summary>
    public static int MostTries(MailOptions options) => RetryMinutes(options).Count + 1;

    /// <remarks>A fault of the route, or a try that never began, does not count as a try.</remarks>
    public static MailNextState NextState(MailSendResult result, MailOptions options, DateTimeOffset now)
    {
        var (mail, wait) = (result.Mail, DelayAfter(result.Mail.Attempts, options));
        return result.Answer.Verdict switch
        {
            SendVerdict.NotNow when mail.Attempts < MostTries(options) && now - (mail.FirstTriedAt ?? now) < LongestWait =>
                new(MailState.Queued, now + wait, mail.Attempts),
            SendVerdict.NotNow or SendVerdict.Never => new(MailState.Dead, now, mail.Attempts),
            SendVerdict.Unknown => new(MailState.InDoubt, now + wait, mail.Attempts),
            SendVerdict.RouteClosed or SendVerdict.NotBegun =>
                new(MailState.Queued, now, mail.State is MailState.Submitting ? mail.Attempts - 1 : mail.Attempts),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Answer.Verdict, "An accepted mail is not retried"),
        };
    }

    /// <summary>How long a mail waits after its nth try.</summary>
    private static TimeSpan DelayAfter(int tries, MailOptions options)
    {
        var minutes = RetryMinutes(options);
        return TimeSpan.FromMinutes(minutes[Math.Clamp(tries, 1, minutes.Count) - 1]);
    }

    private static IReadOnlyList<double> RetryMinutes(MailOptions options) =>
        options.RetryMinutes.Count > 0 ? options.RetryMinutes : DefaultRetryMinutes;
}
