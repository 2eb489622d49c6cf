using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Sending;

/// <summary>Sends due mails every <see cref="MailOptions.PollSeconds"/>.</summary>
public sealed partial class MailWorker(
    DatabaseInitializer database, MailSender sender, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailWorker> logger)
    : PeriodicService(TimeSpan.FromSeconds(options.Value.PollSeconds), database, clock, isAtOnce: true)
{
    protected override ILogger Logger => logger;

    protected override Task RunOnceAsync(CancellationToken stoppingToken) => sender.SendAllAsync(stoppingToken);

    protected override void LogFailure(Exception failed) => LogFailed(DatabaseFailureClassifier.CodeOf(failed));

    /// <summary>Only the code: the message of a failed statement may hold addresses.</summary>
    [LoggerMessage(LogLevel.Error, "A round of sending mails failed ({Kind}); the next one follows")]
    private partial void LogFailed(string kind);
}
