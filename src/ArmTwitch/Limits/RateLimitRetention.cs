using ArmTwitch.Data;

namespace ArmTwitch.Limits;

/// <summary>Forgets what no limit needs any more, and the keys by which it could be told whom it meant.</summary>
public sealed class RateLimitRetention(DailyKeys keys) : IRetention
{
    public IEnumerable<RetentionRule> Rules =>
    [
        new("rate-limit-events", $"{RateLimit.LongestWindow.Days} day", ForgetEventsAsync),
        new("daily-keys", "the end of the next day (UTC)", keys.ForgetAsync),
    ];

    /// <summary>No window reaches them any more.</summary>
    private static Task<int> ForgetEventsAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var old = round.Now - RateLimit.LongestWindow;
        return round.DeleteAsync(round.Db.Set<RateLimitEvent>().Where(one => one.At <= old), cancellationToken);
    }
}
