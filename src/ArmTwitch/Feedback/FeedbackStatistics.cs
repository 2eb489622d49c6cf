using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Feedback;

/// <summary>Counts the answers on each article, week by week.</summary>
public sealed class FeedbackStatistics(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock)
{
    public const int Weeks = 12;

    public async Task<FeedbackSummary> ReadAsync(CancellationToken cancellationToken = default)
    {
        var first = clock.GetUtcNow().AddDays(-7 * Weeks);
        var counts = new Dictionary<Slug, WeekFeedback[]>();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        for (var week = 0; week < Weeks; week++)
        {
            var (from, to) = (first.AddDays(7 * week), first.AddDays(7 * (week + 1)));
            // The database counts, since there may be many answers. The last week has no end: an answer may have come a moment ago.
            var answers = db.Set<FeedbackAnswer>().Where(answer => answer.At > from);
            if (week < Weeks - 1)
                answers = answers.Where(answer => answer.At <= to);
            foreach (var group in await answers.GroupBy(answer => new { answer.Article, answer.WasUseful })
                .Select(group => new { group.Key.Article, group.Key.WasUseful, Count = group.Count() }).ToListAsync(cancellationToken))
            {
                if (!counts.TryGetValue(group.Article, out var weeks))
                    counts[group.Article] = weeks = [.. Enumerable.Repeat(new WeekFeedback(0, 0), Weeks)];
                weeks[week] = group.WasUseful ? weeks[week] with { Yes = group.Count } : weeks[week] with { No = group.Count };
            }
        }

        return new FeedbackSummary([.. counts.Select(pair => new ArticleFeedback(pair.Key, pair.Value))
            .OrderByDescending(article => article.No).ThenByDescending(article => article.Yes)
            .ThenBy(article => article.Article.ToString(), StringComparer.Ordinal)]);
    }
}
