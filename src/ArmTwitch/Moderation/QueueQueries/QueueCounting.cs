using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.ReviewQueue;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.QueueQueries;

/// <summary>Counts what waits, by tab or by level.</summary>
internal static class QueueCounting
{
    /// <summary>How many of these comments each level has; a level without any has no entry.</summary>
    public static async Task<Dictionary<FlagLevel, CountedComments>> CountByLevelAsync(
        IQueryable<Comment> some, CancellationToken cancellationToken) =>
        await some.GroupBy(comment => comment.Level)
            .Select(group => new { group.Key, Count = group.Count(), Oldest = group.Min(comment => comment.WaitingSince) })
            .ToDictionaryAsync(group => group.Key, group => new CountedComments(group.Count, group.Oldest), cancellationToken);

    /// <summary>Appeals, what was reported and what was passed on are counted in full; they are few.</summary>
    /// <param name="me">The moderator who looks; null for nobody.</param>
    public static async Task<QueueCounts> CountAsync(ArmTwitchDb db, Guid? me, CancellationToken cancellationToken)
    {
        var waiting = db.Set<Comment>().AsNoTracking().Waiting();
        var forMe = me is null
            ? 0 : await waiting.CountAsync(comment => comment.EscalatedTo == me && comment.EscalatedTo != null, cancellationToken);
        var appeals = await QueueFiltering.Appeals(waiting).GroupBy(comment => new { comment.Level, comment.IsSpamLike })
            .Select(group => new { group.Key.Level, group.Key.IsSpamLike, Count = group.Count() }).ToListAsync(cancellationToken);
        var reported = await QueueFiltering.Reported(db, db.Set<Comment>()).CountAsync(cancellationToken);
        var crisis = await CountAsync(QueueTab.Crisis);
        var redFlags = await CountAsync(QueueTab.RedFlags);
        var advertising = await CountAsync(QueueTab.Advertising);
        var rest = await CountAsync(QueueTab.Rest);
        (int Count, DateTimeOffset? Oldest)[] all = [crisis, redFlags, advertising, rest];
        return new(
            all.Sum(one => one.Count), crisis.Count, redFlags.Count, all.Min(one => one.Oldest),
            WithoutAppeals(advertising.Count, isSpamLike: true), appeals.Sum(one => one.Count),
            WithoutAppeals(rest.Count, isSpamLike: false), forMe, reported);

        // More than can be counted stays so.
        int WithoutAppeals(int count, bool isSpamLike) => count > QueueCounts.Most
            ? count
            : count - appeals.Where(one => one.Level is FlagLevel.Ordinary && one.IsSpamLike == isSpamLike).Sum(one => one.Count);

        async Task<(int Count, DateTimeOffset? Oldest)> CountAsync(QueueTab tab)
        {
            var (count, oldest) = (0, (DateTimeOffset?)null);
            foreach (var part in QueueOrder.Of(new QueueFilter(tab)))
            {
                var counted = await part.Of(waiting, null).Take(QueueCounts.Most + 1).Select(comment => comment.WaitingSince)
                    .GroupBy(_ => 1).Select(group => new { Count = group.Count(), Oldest = group.Min() })
                    .SingleOrDefaultAsync(cancellationToken);
                (count, oldest) = (count + (counted?.Count ?? 0), oldest is null || counted?.Oldest < oldest ? counted?.Oldest : oldest);
            }

            return (count, oldest);
        }
    }
}

/// <param name="Oldest">Since when the first of them has waited; null when nobody asked.</param>
internal sealed record CountedComments(int Count, DateTimeOffset? Oldest);
