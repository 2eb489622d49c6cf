using ArmTwitch.Data;
using ArmTwitch.Data.Availability;

namespace ArmTwitch.Mail.Queueing;

/// <summary>Checks the outbox also when nobody asks for <c>/health/ready</c>.</summary>
internal sealed partial class OutboxMonitorService(
    OutboxMonitor monitor, DatabaseInitializer database, TimeProvider clock, ILogger<OutboxMonitorService> logger)
    : PeriodicService(OutboxMonitor.Period, database, clock)
{
    protected override ILogger Logger => logger;

    protected override Task RunOnceAsync(CancellationToken stoppingToken) => monitor.CheckAsync(stoppingToken);

    protected override void LogFailure(Exception failed) => LogUnreadable(DatabaseFailureClassifier.CodeOf(failed));

    [LoggerMessage(LogLevel.Warning, "The outbox cannot be read ({Code}); whether mails leave is not known")]
    private partial void LogUnreadable(string code);
}
