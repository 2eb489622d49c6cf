using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>Counts how moderation goes.</summary>
public sealed class Figures(IDbContextFactory<ArmTwitchDb> databases, WaitingComments waiting, TimeProvider clock)
{
    public const int Days = 30;

    public async Task<FigureTable> ReadAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = new DateTimeOffset(today.AddDays(1 - Days).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var decisions = await db.Set<CommentDecision>()
            .Where(one => one.At >= first && one.UndoneAt == null && one.Code != Decisions.ReplyCode
                && (one.Kind == DecisionKind.Approve || one.Kind == DecisionKind.ApproveRedacted || one.Kind == DecisionKind.Reject || one.Kind == DecisionKind.Spam || one.Kind == DecisionKind.Remove))
            .Select(one => new { one.Kind, one.At, one.WaitedSeconds, one.Flags })
            .ToListAsync(cancellationToken);

        var days = decisions.GroupBy(one => DateOnly.FromDateTime(one.At.UtcDateTime)).ToDictionary(day => day.Key, day => day.CountBy(one => one.Kind).ToDictionary());
        var rules = decisions.SelectMany(one => RulesIn(one.Flags).Select(rule => (Rule: rule, one.Kind))).GroupBy(pair => pair.Rule)
            .Select(group => new RuleFigure(
                group.Key,
                group.Count(),
                group.Count(pair => pair.Kind is DecisionKind.Approve),
                group.Count(pair => pair.Kind is DecisionKind.ApproveRedacted)))
            .OrderByDescending(rule => rule.Decided).ThenBy(rule => rule.Rule, StringComparer.Ordinal);
        return new(
            await waiting.CountAsync(cancellationToken),
            now,
            Median([.. decisions.Select(one => one.WaitedSeconds).OfType<double>()]),
            [.. Enumerable.Range(0, Days).Select(day => today.AddDays(day + 1 - Days)).Select(day => new DayFigure(day, days.GetValueOrDefault(day) ?? []))],
            [.. rules]);
    }

    private static IEnumerable<string> RulesIn(string flags) => flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(flag => flag.Split('@')[0]).Distinct();

    private static TimeSpan? Median(double[] seconds)
    {
        if (seconds is [])
            return null;
        Array.Sort(seconds);
        return TimeSpan.FromSeconds((seconds[(seconds.Length - 1) / 2] + seconds[seconds.Length / 2]) / 2);
    }
}

/// <param name="Median">From when a comment began to wait until it was decided, over 30 days; null when none was.</param>
/// <param name="ByDay">Thirty days, oldest first; those without a decision too.</param>
public sealed record FigureTable(QueueCounts Queue, DateTimeOffset At, TimeSpan? Median, IReadOnlyList<DayFigure> ByDay, IReadOnlyList<RuleFigure> Rules);

public sealed record DayFigure(DateOnly Day, IReadOnlyDictionary<DecisionKind, int> Decisions)
{
    public int Of(DecisionKind kind) => Decisions.GetValueOrDefault(kind);

    public int Total => Decisions.Values.Sum();
}

/// <summary>How often a rule was right to speak.</summary>
/// <param name="Decided">The flagged comments that were decided.</param>
/// <param name="Approved">Those that were published as they stood.</param>
public sealed record RuleFigure(string Rule, int Decided, int Approved, int Redacted)
{
    /// <summary>The share of flagged comments that were not published as they stood.</summary>
    public double Precision => (double)(Decided - Approved) / Decided;
}
