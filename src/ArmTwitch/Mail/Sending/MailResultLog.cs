using System.Diagnostics.Metrics;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;

namespace ArmTwitch.Mail.Sending;

/// <summary>
/// Logs what became of mails: one line a minute for all of them, because an issue to 100,000 readers would bury everything else. A mail that
/// needs a person has a line of its own. With the level Debug each mail has one.
/// </summary>
public sealed partial class MailResultLog(DatabaseInitializer database, TimeProvider clock, ILogger<MailResultLog> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), database, clock)
{
    private const string NoAnswer = "no answer";

    private static readonly Counter<long> Results = SiteTelemetry.Meter.CreateCounter<long>(
        "armtwitch.mail.results", "{mail}", "Mails that were handed over to the mail server, by what became of them.");

    private long sent, later, refused, unknown;

    /// <param name="late">Mails whose result came too late: somebody else had settled them.</param>
    internal void Record(IReadOnlyList<MailSendResult> results, IReadOnlyList<Guid> late)
    {
        foreach (var mail in late)
            LogLate(mail);
        foreach (var (mail, answer) in results)
            Record(mail, answer);
    }

    /// <summary>The result as metrics and traces name it.</summary>
    internal static string WordFor(SendVerdict verdict) => verdict switch
    {
        SendVerdict.Accepted => "sent",
        SendVerdict.NotNow => "later",
        SendVerdict.Never => "refused",
        SendVerdict.Unknown => "unknown",
        _ => "not-begun",
    };

    /// <summary>Also the last minute of a program that stops has its line.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        WriteSummary();
    }

    protected override ILogger Logger => logger;

    protected override Task RunOnceAsync(CancellationToken stoppingToken)
    {
        WriteSummary();
        return Task.CompletedTask;
    }

    protected override void LogFailure(Exception failed) => LogNoSummary(failed);

    private void Record(OutgoingMail mail, SendResult answer)
    {
        switch (answer.Verdict)
        {
            case SendVerdict.Accepted:
                Count(ref sent, answer.Verdict);
                LogSent(mail.Id);
                break;
            case SendVerdict.NotNow:
                Count(ref later, answer.Verdict);
                LogNotNow(mail.Id, mail.Attempts, answer.Code ?? NoAnswer);
                break;
            case SendVerdict.Never:
                Count(ref refused, answer.Verdict);
                LogRefused(mail.Id, answer.Code ?? NoAnswer);
                break;
            case SendVerdict.Unknown:
                Count(ref unknown, answer.Verdict);
                LogUnknown(mail.Id);
                break;
        }
    }

    private static void Count(ref long counter, SendVerdict verdict)
    {
        Interlocked.Increment(ref counter);
        Results.Add(1, new KeyValuePair<string, object?>("result", WordFor(verdict)));
    }

    private void WriteSummary()
    {
        var (now, then, never, open) = (
            Interlocked.Exchange(ref sent, 0), Interlocked.Exchange(ref later, 0), Interlocked.Exchange(ref refused, 0),
            Interlocked.Exchange(ref unknown, 0));
        if (never + open > 0)
            LogTroubled(now, then, never, open);
        else if (now + then > 0)
            LogSummary(now, then);
    }

    [LoggerMessage(LogLevel.Information, "Mails in the last minute: {Sent} sent, {Later} put off by the mail server")]
    private partial void LogSummary(long sent, long later);

    [LoggerMessage(LogLevel.Warning, "Mails in the last minute: {Sent} sent, {Later} put off by the mail server, {Refused} refused for good, "
        + "{Unknown} unknown. 'mail list --state dead' and 'mail list --state in-doubt' tell why")]
    private partial void LogTroubled(long sent, long later, long refused, long unknown);

    [LoggerMessage(LogLevel.Debug, "Mail {MailId} is sent")]
    private partial void LogSent(Guid mailId);

    [LoggerMessage(LogLevel.Debug, "Mail {MailId} was not taken at try {Attempt} ({Code})")]
    private partial void LogNotNow(Guid mailId, int attempt, string code);

    [LoggerMessage(LogLevel.Debug, "Mail {MailId} is refused ({Code}): 'mail list --state dead' tells why")]
    private partial void LogRefused(Guid mailId, string code);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} is unknown: the link broke before the server's answer")]
    private partial void LogUnknown(Guid mailId);

    [LoggerMessage(LogLevel.Warning, "What became of mail {MailId} came too late: somebody else had settled it")]
    private partial void LogLate(Guid mailId);

    [LoggerMessage(LogLevel.Error, "How many mails were sent in the last minute could not be logged")]
    private partial void LogNoSummary(Exception failed);
}
