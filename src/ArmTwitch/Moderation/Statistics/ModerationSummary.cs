using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;

namespace ArmTwitch.Moderation.Statistics;

/// <param name="Times">How long comments waited for their decision; null when none was decided.</param>
/// <param name="ByDay">Four weeks, the oldest day first, including days on which nothing happened. Days are those of UTC.</param>
public sealed record ModerationSummary(
    DateTimeOffset At, WaitingAges Waiting, TimesToDecision? Times, IReadOnlyList<DailyFigures> ByDay, IReadOnlyList<RuleAccuracy> Rules)
{
    /// <summary>Whether the first comment came within the four weeks: the days before it count in no average.</summary>
    public bool IsYoung { get; init; }

    public int Received => ByDay.Sum(day => day.Received);

    public int Decided => ByDay.Sum(day => day.Decided);

    public bool IsEmpty => Received is 0 && Decided is 0 && Waiting.Total is 0;

    /// <summary>Monday first.</summary>
    public IReadOnlyList<WeekdayFigures> ByWeekday =>
        [.. Enum.GetValues<DayOfWeek>().OrderBy(weekday => ((int)weekday + 6) % 7).Select(AverageOf)];

    public int Of(DecisionKind kind) => ByDay.Sum(day => day.Of(kind));

    private WeekdayFigures AverageOf(DayOfWeek weekday)
    {
        var begun = ByDay.SkipWhile(day => IsYoung && day is { Received: 0, Decided: 0 });
        var days = begun.Where(day => day.Day.DayOfWeek == weekday).ToList();
        return days.Count is 0
            ? new WeekdayFigures(weekday, 0, 0)
            : new WeekdayFigures(weekday, days.Average(day => day.Received), days.Average(day => day.Decided));
    }
}

/// <param name="Median">Half of the comments waited no longer.</param>
/// <param name="NinetiethPercentile">Nine in ten waited no longer.</param>
public sealed record TimesToDecision(TimeSpan Median, TimeSpan NinetiethPercentile);

/// <summary>How long what waits now has waited.</summary>
/// <param name="Counts">How many comments are in each of the <see cref="Labels"/>.</param>
/// <param name="Oldest">Since when the longest waiting one waits; null when none does.</param>
public sealed record WaitingAges(IReadOnlyList<int> Counts, DateTimeOffset? Oldest)
{
    public static readonly IReadOnlyList<string> Labels =
        ["up to an hour", "1 to 6 hours", "6 to 24 hours", "1 to 3 days", "3 to 7 days", "over a week"];

    public static readonly WaitingAges None = new([.. Labels.Select(_ => 0)], null);

    private const int LabelsWithinADay = 3;

    public int Total => Counts.Sum();

    public int OverADay => Counts.Skip(LabelsWithinADay).Sum();
}

/// <param name="Received">New comments, and those that came back: changed, appealed against or reported.</param>
public sealed record DailyFigures(DateOnly Day, int Received, IReadOnlyDictionary<DecisionKind, int> Decisions)
{
    public int Decided => Decisions.Values.Sum();

    public int Of(DecisionKind kind) => Decisions.GetValueOrDefault(kind);
}

/// <summary>What came and what was decided on one weekday, on average.</summary>
public sealed record WeekdayFigures(DayOfWeek Day, double Received, double Decided);

/// <summary>How often a rule was right.</summary>
/// <param name="Decided">The flagged comments that were decided.</param>
/// <param name="Approved">Those that were published as they stood.</param>
public sealed record RuleAccuracy(string Rule, int Decided, int Approved, int Redacted)
{
    public string Title => FlagTitles.Of(Rule);

    /// <summary>The share of flagged comments that were not published as they stood.</summary>
    public double Precision => (double)(Decided - Approved) / Decided;
}
