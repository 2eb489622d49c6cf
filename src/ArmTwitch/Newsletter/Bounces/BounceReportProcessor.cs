using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Newsletter.Bounces;

/// <summary>Finds the mail that a report is about, and records what it says.</summary>
public sealed partial class BounceReportProcessor(
    WriteTransactionFactory writing, BounceHandler bounces, SuppressionList suppressions, SubscriberSecrets secrets, TimeProvider clock,
    ILogger<BounceReportProcessor> logger)
{
    /// <returns>
    /// False when no mail of ours has that Message-ID, when it went to somebody else or to somebody who is erased, or when the report was
    /// recorded before.
    /// </returns>
    internal async Task<bool> ProcessAsync(BounceReport report, CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(cancellationToken);
        if (await SentMailRecords.FindAsync(write.Db, report.MessageIds, cancellationToken) is not { } mail
            || mail.To.EndsWith(SentMailRecords.Nobody, StringComparison.Ordinal) || !report.MayBeAbout(mail.To))
            return false;
        // A report that turns out to be known returns false: the transaction is not committed, and its counts are undone.
        switch (report.Kind)
        {
            case BounceKind.Complaint:
                if (mail.MailingId is { } complainedOf)
                    await MailingAutoPause.ReportComplaintAsync(write.Db, complainedOf, cancellationToken);
                if (!await bounces.HandleComplaintAsync(write.Db, mail.To, now, cancellationToken))
                    return false;
                break;
            case BounceKind.OptOut:
                if (!await bounces.HandleOptOutAsync(write.Db, mail.To, now, cancellationToken))
                    return false;
                break;
            default:
                if (!await SentMailRecords.TryMarkBouncedAsync(write.Db, mail.Id, report.Status, cancellationToken))
                    return false;
                if (mail.MailingId is { } returned)
                    await MailingAutoPause.ReportBounceAsync(
                        write.Db, returned, report.Failure, report.Status ?? "no code", cancellationToken);
                if (report.Failure is DeliveryFailure.SenderRefused)
                    LogSenderRefused(report.Status ?? "no code");
                await bounces.HandleBounceAsync(write.Db, new(mail.To, report.Failure, WasTaken: true, now), cancellationToken);
                break;
        }

        await write.CommitAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A report in data/bounces says that a mail server refuses us as the sender ({Status}). "
            + "The issue pauses when more copies come back so")]
    private partial void LogSenderRefused(string status);
}
