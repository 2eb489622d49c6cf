using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Dashboard;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>The comments that wait for a moderator, by what makes them urgent.</summary>
internal sealed class QueueWaitingWork(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock) : IWaitingWork, IUrgentWork
{
    public ModerationNavigationGroup Group => ModerationNavigationGroup.Comments;

    public ModeratorRole AtLeast => ModeratorRole.Moderator;

    /// <summary>
    /// The same numbers as in the tabs of the queue. Every one comes from an index: the dashboards count again and again, and there may be
    /// a flood.
    /// </summary>
    public async Task<IReadOnlyList<WaitingWork>> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (waiting, now) = (db.Set<Comment>().Waiting(), clock.GetUtcNow());
        var passedOn = await CountAsync(waiting.Where(comment => comment.EscalatedTo == moderator.Id && comment.EscalatedTo != null));
        var levels = await CountAsync(waiting);
        var appeals = await CountAsync(QueueFiltering.Appeals(waiting));
        var reported = await CountAsync(QueueFiltering.Reported(db, db.Set<Comment>()));
        var (like, likeAppeals) = (await CountSpamLikeAsync(waiting), await CountSpamLikeAsync(QueueFiltering.Appeals(waiting)));
        return
        [
            Crises(levels.GetValueOrDefault(FlagLevel.Crisis)?.Count ?? 0, NoteOn(levels.GetValueOrDefault(FlagLevel.Crisis))),
            Work("comment passed on to you", "comments passed on to you", QueueTab.ForMe, WaitingUrgency.Today, Sum(passedOn)),
            Work("red flag", "red flags", QueueTab.RedFlags, WaitingUrgency.Today, levels.GetValueOrDefault(FlagLevel.RedFlag)),
            Work("reported comment", "reported comments", QueueTab.Reported, WaitingUrgency.Today, Sum(reported)),
            Work("appeal", "appeals", QueueTab.Appeals, WaitingUrgency.Today, Sum(appeals)),
            Work("other comment", "other comments", QueueTab.Rest, WaitingUrgency.Today, await OrdinaryAsync(QueueTab.Rest)),
            Work(
                "comment like advertising", "comments like advertising", QueueTab.Advertising, WaitingUrgency.Today,
                await OrdinaryAsync(QueueTab.Advertising)),
        ];

        Task<Dictionary<FlagLevel, CountedComments>> CountAsync(IQueryable<Comment> some) =>
            QueueCounting.CountByLevelAsync(some, cancellationToken);

        Task<Dictionary<bool, int>> CountSpamLikeAsync(IQueryable<Comment> some) =>
            some.Where(comment => comment.Level == FlagLevel.Ordinary).GroupBy(comment => comment.IsSpamLike)
                .Select(group => new { group.Key, Count = group.Count() })
                .ToDictionaryAsync(one => one.Key, one => one.Count, cancellationToken);

        // Neither urgent nor an appeal.
        async Task<CountedComments?> OrdinaryAsync(QueueTab tab)
        {
            var isSpamLike = tab is QueueTab.Advertising;
            var count = like.GetValueOrDefault(isSpamLike) - likeAppeals.GetValueOrDefault(isSpamLike);
            return count <= 0 ? null : new(count, await QueueOrder.Of(new QueueFilter(tab)).Single()
                .Of(QueueFiltering.Apply(db, new QueueFilter(tab)), null)
                .Select(comment => (DateTimeOffset?)comment.WaitingSince).FirstOrDefaultAsync(cancellationToken));
        }

        WaitingWork Work(string one, string many, QueueTab tab, WaitingUrgency urgency, CountedComments? group) => new(
            one, many, group?.Count ?? 0, new QueueAddress(new QueueFilter(tab)).ToString(), urgency, NoteOn(group));

        string? NoteOn(CountedComments? group) => group?.Oldest is { } oldest ? $"the oldest for {WaitingAge.Long(now - oldest)}" : null;
    }

    /// <summary>From an index, like the others: every open screen counts again and again.</summary>
    public async Task<WaitingWork> CountUrgentAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var count = await db.Set<Comment>().Waiting().CountAsync(comment => comment.Level == FlagLevel.Crisis, cancellationToken);
        return Crises(count, note: null);
    }

    private static WaitingWork Crises(int count, string? note) => new(
        "possible crisis", "possible crises", count, new QueueAddress(new QueueFilter(QueueTab.Crisis)).ToString(), WaitingUrgency.Now, note);

    private static CountedComments? Sum(Dictionary<FlagLevel, CountedComments> levels) =>
        levels.Count is 0 ? null : new(levels.Values.Sum(level => level.Count), levels.Values.Min(level => level.Oldest));
}
