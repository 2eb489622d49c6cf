using ArmTwitch.Data;

namespace ArmTwitch.Limits;

/// <summary>Forgets, every ten minutes, what no limit needs any more, and the keys by which it could be told whom it meant.</summary>
public sealed partial class RateLimitHousekeeping(RateLimiter limiter, DailyKeys keys, Database database, TimeProvider clock, ILogger<RateLimitHousekeeping> logger)
    : TimedRounds(TimeSpan.FromMinutes(10), database, clock)
{
    protected override async Task GoRoundAsync(CancellationToken stoppingToken)
    {
        await limiter.TidyAsync(stoppingToken);
        await keys.ForgetAsync(stoppingToken);
    }

    protected override void Tell(Exception failed) => LogFailed(failed);

    [LoggerMessage(LogLevel.Error, "Old counts of the limits could not be deleted; trying again in 10 minutes")]
    private partial void LogFailed(Exception failed);
}
