using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Sending;

/// <summary>Looks for mails that are due, again and again.</summary>
/// <remarks>
/// The host tells its services to stop one after the other, and only when the web server has let its last visitor go: too late here.
/// </remarks>
public sealed partial class MailWorker(
    DatabaseInitializer database, MailSender sender, IHostApplicationLifetime lifetime, IOptions<MailOptions> options, TimeProvider clock,
    ILogger<MailWorker> logger)
    : PeriodicService(TimeSpan.FromSeconds(options.Value.PollSeconds), database, clock, isAtOnce: true, lifetime.ApplicationStopping)
{
    protected override Task RunOnceAsync(CancellationToken stoppingToken) => sender.SendAllAsync(stoppingToken);

    protected override void LogFailure(Exception failed) => LogFailed(failed.GetType().Name);

    /// <summary>The message of a failed statement may hold what was in it; its kind does not.</summary>
    [LoggerMessage(LogLevel.Error, "A round of sending mails failed ({Kind}); the next one follows")]
    private partial void LogFailed(string kind);
}
