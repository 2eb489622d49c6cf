using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Sending;

/// <summary>Sends due mails every <see cref="MailOptions.PollSeconds"/>.</summary>
/// <remarks>
/// It listens to ApplicationStopping, because the host stops its services one after the other and only after the web server has finished
/// its last request: too late here.
/// </remarks>
public sealed partial class MailWorker(
    DatabaseInitializer database, MailSender sender, IHostApplicationLifetime lifetime, IOptions<MailOptions> options, TimeProvider clock,
    ILogger<MailWorker> logger)
    : PeriodicService(TimeSpan.FromSeconds(options.Value.PollSeconds), database, clock, isAtOnce: true, lifetime.ApplicationStopping)
{
    protected override Task RunOnceAsync(CancellationToken stoppingToken) => sender.SendAllAsync(stoppingToken);

    protected override void LogFailure(Exception failed) => LogFailed(failed.GetType().Name);

    /// <summary>Only the type: the message of a failed statement may hold addresses.</summary>
    [LoggerMessage(LogLevel.Error, "A round of sending mails failed ({Kind}); the next one follows")]
    private partial void LogFailed(string kind);
}
