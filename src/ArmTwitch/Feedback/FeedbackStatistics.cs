using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Feedback;

/// <summary>Counts the answers on each article, week by week.</summary>
public sealed class FeedbackStatistics(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock)
{
    public const int Weeks = 12, NotesShown = 100;

    public async Task<FeedbackSummary> ReadAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var first = now.AddDays(-7 * Weeks);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var answers = await db.Set<FeedbackAnswer>().Where(answer => answer.At > first)
            .Select(answer => new { answer.Article, answer.WasUseful, answer.At }).ToListAsync(cancellationToken);
        var notes = await db.Set<FeedbackAnswer>().AsNoTracking().Where(answer => answer.Note != null)
            .OrderByDescending(answer => answer.At).ThenByDescending(answer => answer.Id).Take(NotesShown).ToListAsync(cancellationToken);

        var articles = answers.GroupBy(answer => answer.Article)
            .Select(article => new ArticleFeedback(
                article.Key,
                [.. Enumerable.Range(0, Weeks).Select(week => article.Where(answer => WeekOf(answer.At) == week).ToList())
                    .Select(week => new WeekFeedback(week.Count(answer => answer.WasUseful), week.Count(answer => !answer.WasUseful)))]))
            .OrderByDescending(article => article.No).ThenByDescending(article => article.Yes)
            .ThenBy(article => article.Article.ToString(), StringComparer.Ordinal);
        return new FeedbackSummary([.. articles], notes);

        int WeekOf(DateTimeOffset at) => Math.Min(Weeks - 1, (int)((at - first).TotalDays / 7));
    }
}
