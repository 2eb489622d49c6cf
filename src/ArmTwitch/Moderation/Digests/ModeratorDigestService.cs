using ArmTwitch.Data;
using ArmTwitch.Data.Availability;

namespace ArmTwitch.Moderation.Digests;

/// <summary>Checks every ten minutes whether a digest is due.</summary>
internal sealed partial class ModeratorDigestService(
    ModeratorDigest digest, DatabaseInitializer database, TimeProvider clock, ILogger<ModeratorDigestService> logger)
    : PeriodicService(TimeSpan.FromMinutes(10), database, clock)
{
    protected override ILogger Logger => logger;

    protected override Task RunOnceAsync(CancellationToken stoppingToken) => digest.SendAsync(stoppingToken);

    protected override void LogFailure(Exception failed) => LogFailed(failed);

    [LoggerMessage(LogLevel.Error, "Moderators could not be told that comments wait; trying again in 10 minutes")]
    private partial void LogFailed(Exception failed);
}
