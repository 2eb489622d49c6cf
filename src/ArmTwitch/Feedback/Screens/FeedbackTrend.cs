namespace ArmTwitch.Feedback.Screens;

/// <summary>Whether readers find an article more useful than before.</summary>
internal enum FeedbackTrend
{
    /// <summary>There are too few answers to tell.</summary>
    Unknown,
    Better,
    Steady,
    Worse,
}

internal static class FeedbackTrends
{
    /// <summary>The last weeks are held against those before.</summary>
    public const int LastWeeks = 4;

    /// <summary>Fewer answers in either part say nothing.</summary>
    private const int FewestAnswers = 5;

    /// <summary>A smaller difference between the shares is chance.</summary>
    private const double LeastChange = 0.1;

    public static FeedbackTrend Of(ArticleFeedback article)
    {
        var (before, last) = (article.ByWeek.SkipLast(LastWeeks).ToList(), article.ByWeek.TakeLast(LastWeeks).ToList());
        if (before.Sum(week => week.All) < FewestAnswers || last.Sum(week => week.All) < FewestAnswers)
            return FeedbackTrend.Unknown;
        return (Share(last) - Share(before)) switch
        {
            >= LeastChange => FeedbackTrend.Better,
            <= -LeastChange => FeedbackTrend.Worse,
            _ => FeedbackTrend.Steady,
        };

        static double Share(List<WeekFeedback> weeks) => (double)weeks.Sum(week => week.Yes) / weeks.Sum(week => week.All);
    }

    public static string Label(FeedbackTrend trend) => trend switch
    {
        FeedbackTrend.Better => "better",
        FeedbackTrend.Steady => "steady",
        FeedbackTrend.Worse => "worse",
        _ => "too few to tell",
    };
}
