using ArmTwitch.Articles;

namespace ArmTwitch.Feedback;

/// <param name="Articles">Those with an answer in the last weeks, the one with most "no" first.</param>
public sealed record FeedbackSummary(IReadOnlyList<ArticleFeedback> Articles);

/// <param name="ByWeek">Oldest first; weeks without an answer too.</param>
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
