using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.QueueQueries;
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

    /// <summary>Every number comes from an index: the dashboards count again and again, and there may be a flood.</summary>
    public async Task<IReadOnlyList<WaitingWork>> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (waiting, now) = (db.Set<Comment>().Waiting(), clock.GetUtcNow());
        var passedOn = await CountAsync(waiting.Where(comment => comment.EscalatedTo == moderator.Id && comment.EscalatedTo != null));
        var levels = await CountAsync(waiting);
        var appeals = (await CountAsync(QueueFiltering.Appeals(waiting))).GetValueOrDefault(FlagLevel.Ordinary);
        var reported = await CountAsync(QueueFiltering.Reported(db, db.Set<Comment>()));
        var ordinary = (levels.GetValueOrDefault(FlagLevel.Ordinary)?.Count ?? 0) - (appeals?.Count ?? 0)
            - (reported.GetValueOrDefault(FlagLevel.Ordinary)?.Count ?? 0);
        return
        [
            Work("possible crisis", "possible crises", QueueTab.Crisis, WaitingUrgency.Now, levels.GetValueOrDefault(FlagLevel.Crisis)),
            Work("comment passed on to you", "comments passed on to you", QueueTab.ForMe, WaitingUrgency.Today, Sum(passedOn)),
            Work("red flag", "red flags", QueueTab.RedFlags, WaitingUrgency.Today, levels.GetValueOrDefault(FlagLevel.RedFlag)),
            Work("reported comment", "reported comments", QueueTab.Reported, WaitingUrgency.Today, Sum(reported)),
            Work("appeal", "appeals", QueueTab.Appeals, WaitingUrgency.Today, appeals),
            Work("comment", "comments", QueueTab.All, WaitingUrgency.Today, ordinary > 0 ? new(ordinary, await OldestAsync()) : null),
        ];

        Task<Dictionary<FlagLevel, CountedComments>> CountAsync(IQueryable<Comment> some) =>
            QueueCounting.CountByLevelAsync(some, cancellationToken);

        // Neither urgent nor an appeal.
        async Task<DateTimeOffset?> OldestAsync()
        {
            DateTimeOffset? oldest = null;
            foreach (var filter in (QueueFilter[])[new(QueueTab.Rest), new(QueueTab.Advertising)])
            {
                var first = await QueueOrder.Of(filter).Single().Of(QueueFiltering.Apply(db, filter), null)
                    .Select(comment => (DateTimeOffset?)comment.WaitingSince).FirstOrDefaultAsync(cancellationToken);
                oldest = oldest < first ? oldest : first ?? oldest;
            }

            return oldest;
        }

        WaitingWork Work(string one, string many, QueueTab tab, WaitingUrgency urgency, CountedComments? group) => new(
            one, many, group?.Count ?? 0, new QueueAddress(new QueueFilter(tab)).ToString(), urgency,
            group?.Oldest is { } oldest ? $"the oldest for {WaitingAge.Long(now - oldest)}" : null);
    }

    private static CountedComments? Sum(Dictionary<FlagLevel, CountedComments> levels) =>
        levels.Count is 0 ? null : new(levels.Values.Sum(level => level.Count), levels.Values.Min(level => level.Oldest));
}
