using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Feedback;

/// <summary>Counts what readers said of each article, week by week.</summary>
public sealed class FeedbackFigures(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock)
{
    public const int Weeks = 12, NotesShown = 100;

    public async Task<FeedbackTable> ReadAsync(CancellationToken cancellationToken = default)
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
            .OrderByDescending(article => article.No).ThenByDescending(article => article.Yes).ThenBy(article => article.Article.ToString(), StringComparer.Ordinal);
        return new FeedbackTable([.. articles], notes);

        int WeekOf(DateTimeOffset at) => Math.Min(Weeks - 1, (int)((at - first).TotalDays / 7));
    }
}

/// <param name="Articles">Those with an answer in the last weeks, the one with most to mend first.</param>
/// <param name="Notes">The newest first.</param>
public sealed record FeedbackTable(IReadOnlyList<ArticleFeedback> Articles, IReadOnlyList<FeedbackAnswer> Notes);

/// <param name="ByWeek">The oldest first; those without an answer too.</param>
public sealed record ArticleFeedback(Slug Article, IReadOnlyList<WeekFeedback> ByWeek)
{
    public int Yes => ByWeek.Sum(week => week.Yes);

    public int No => ByWeek.Sum(week => week.No);

    /// <summary>The share of readers who found it useful.</summary>
    public double Useful => (double)Yes / (Yes + No);
}

public sealed record WeekFeedback(int Yes, int No)
{
    public int All => Yes + No;
}
