using ArmTwitch.Comments;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.Statistics;

/// <param name="Median">How long comments waited for their decision; null when none was decided.</param>
/// <param name="ByDay">Thirty days, the oldest first, including days without a decision.</param>
public sealed record ModerationSummary(
    QueueCounts Queue, DateTimeOffset At, TimeSpan? Median, IReadOnlyList<DailyDecisions> ByDay, IReadOnlyList<RuleAccuracy> Rules);

public sealed record DailyDecisions(DateOnly Day, IReadOnlyDictionary<DecisionKind, int> Decisions)
{
    public int Of(DecisionKind kind) => Decisions.GetValueOrDefault(kind);

    public int Total => Decisions.Values.Sum();
}

/// <summary>How often a rule was right.</summary>
/// <param name="Decided">The flagged comments that were decided.</param>
/// <param name="Approved">Those that were published as they stood.</param>
public sealed record RuleAccuracy(string Rule, int Decided, int Approved, int Redacted)
{
    /// <summary>The share of flagged comments that were not published as they stood.</summary>
    public double Precision => (double)(Decided - Approved) / Decided;
}
