using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.Retention;

namespace ArmTwitch.Limits;

/// <summary>Forgets what no limit needs any more, and the keys by which it could be told whom it meant.</summary>
public sealed class RateLimitRetentionRules(DailyKeyHasher dailyHasher) : IRetentionRules
{
    public IEnumerable<RetentionRule> Rules =>
    [
        new("rate-limit-events", $"{RateLimit.LongestWindow.Days} day", DeleteEventsAsync),
        new("daily-keys", "the end of the next day (UTC)", dailyHasher.DeleteOldKeysAsync),
    ];

    /// <summary>No window reaches them any more.</summary>
    private static Task<int> DeleteEventsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var old = context.Now - RateLimit.LongestWindow;
        return context.DeleteAsync(context.Db.Set<RateLimitEvent>().Where(one => one.At <= old), cancellationToken);
    }
}
