using ArmTwitch.Data;

namespace ArmTwitch.Limits;

/// <summary>Forgets what no limit needs any more, and the keys by which it could be told whom it meant.</summary>
public sealed class RateLimitRetention(RateLimiter limiter, DailyKeys keys) : IRetention
{
    public IEnumerable<RetentionRule> Rules =>
    [
        new("rate-limit-events", "1 day", async (_, cancellationToken) =>
        {
            await limiter.TidyAsync(cancellationToken);
            return 0;
        }),
        new("daily-keys", "the end of the next day (UTC)", async (_, cancellationToken) =>
        {
            await keys.ForgetAsync(cancellationToken);
            return 0;
        }),
    ];
}
