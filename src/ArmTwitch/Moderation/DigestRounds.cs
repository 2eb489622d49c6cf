using ArmTwitch.Data;

namespace ArmTwitch.Moderation;

/// <summary>Mails the moderators every ten minutes, if it is time, that comments wait.</summary>
internal sealed partial class DigestRounds(Digest digest, Database database, TimeProvider clock, ILogger<DigestRounds> logger) : TimedRounds(TimeSpan.FromMinutes(10), database, clock)
{
    protected override Task GoRoundAsync(CancellationToken stoppingToken) => digest.SendAsync(stoppingToken);

    protected override void Tell(Exception failed) => LogFailed(failed);

    [LoggerMessage(LogLevel.Error, "Moderators could not be told that comments wait; trying again in 10 minutes")]
    private partial void LogFailed(Exception failed);
}
