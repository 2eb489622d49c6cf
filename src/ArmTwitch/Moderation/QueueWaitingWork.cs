using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Dashboard;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>The comments that wait for a moderator, by what makes them urgent.</summary>
internal sealed class QueueWaitingWork(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock) : IWaitingWork
{
    public ModerationNavigationGroup Group => ModerationNavigationGroup.Comments;

    public ModeratorRole AtLeast => ModeratorRole.Moderator;

    public async Task<IReadOnlyList<WaitingWork>> FindAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var groups = await db.Set<Comment>().Waiting()
            .GroupBy(comment => new { comment.Level, IsAppeal = comment.Status == CommentStatus.Pending && comment.Appeal != null })
            .Select(group => new
            {
                group.Key.Level,
                group.Key.IsAppeal,
                Count = group.Count(),
                Oldest = group.Min(comment => comment.WaitingSince),
            })
            .ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return
        [
            Work("possible crisis", "possible crises", QueueTab.Crisis, WaitingUrgency.Now, groups.Where(group => group.Level is FlagLevel.Crisis)
                .Select(group => (group.Count, group.Oldest))),
            Work("red flag", "red flags", QueueTab.RedFlags, WaitingUrgency.Today, groups.Where(group => group.Level is FlagLevel.RedFlag)
                .Select(group => (group.Count, group.Oldest))),
            Work("appeal", "appeals", QueueTab.Appeals, WaitingUrgency.Today, groups.Where(group => group.IsAppeal && !IsUrgent(group.Level))
                .Select(group => (group.Count, group.Oldest))),
            Work("comment", "comments", QueueTab.All, WaitingUrgency.Today, groups.Where(group => !group.IsAppeal && !IsUrgent(group.Level))
                .Select(group => (group.Count, group.Oldest))),
        ];

        WaitingWork Work(
            string one, string many, QueueTab tab, WaitingUrgency urgency, IEnumerable<(int Count, DateTimeOffset Oldest)> some)
        {
            var all = some.ToList();
            return new WaitingWork(
                one, many, all.Sum(group => group.Count), new QueueAddress(new QueueFilter(tab)).ToString(), urgency,
                all.Count is 0 ? null : $"the oldest for {Age(now - all.Min(group => group.Oldest))}");
        }
    }

    private static bool IsUrgent(FlagLevel level) => level is FlagLevel.Crisis or FlagLevel.RedFlag;

    private static string Age(TimeSpan age) =>
        age.TotalMinutes < 1 ? "less than a minute"
        : age.TotalHours < 1 ? Plural.Of((int)age.TotalMinutes, "minute")
        : age.TotalDays < 1 ? Plural.Of((int)age.TotalHours, "hour")
        : Plural.Of((int)age.TotalDays, "day");
}
