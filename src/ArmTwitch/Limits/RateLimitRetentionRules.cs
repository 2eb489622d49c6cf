using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.Retention;

namespace ArmTwitch.Limits;

/// <summary>Deletes old events, and the keys by which their subjects could be found.</summary>
public sealed class RateLimitRetentionRules(DailyKeyHasher dailyHasher) : IRetentionRules
{
    public IEnumerable<RetentionRule> Rules =>
    [
        new("rate-limit-events", $"{RateLimit.LongestWindow.Days} day", DeleteEventsAsync),
        new("daily-keys", "the end of the next day (UTC)", dailyHasher.DeleteOldKeysAsync),
    ];

    private static Task<int> DeleteEventsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var old = context.Now - RateLimit.LongestWindow;
        return context.DeleteAsync(context.Db.Set<RateLimitEvent>().Where(one => one.At <= old), cancellationToken);
    }
}
