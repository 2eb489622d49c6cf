using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Statistics;

/// <summary>Counts decisions of the last 30 days.</summary>
public sealed class ModerationStatistics(IDbContextFactory<ArmTwitchDb> databases, ModerationQueueService queue, TimeProvider clock)
{
    public const int Days = 30;

    public async Task<ModerationSummary> ReadAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = new DateTimeOffset(today.AddDays(1 - Days).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var decisions = await db.Set<CommentDecision>()
            .Where(one => one.At >= first && one.UndoneAt == null && one.Code != EditorReplyService.AuditCode
                && (one.Kind == DecisionKind.Approve || one.Kind == DecisionKind.ApproveRedacted
                    || one.Kind == DecisionKind.Reject || one.Kind == DecisionKind.Spam || one.Kind == DecisionKind.Remove))
            .Select(one => new { one.Kind, one.At, one.WaitedSeconds, one.Flags })
            .ToListAsync(cancellationToken);

        var days = decisions.GroupBy(one => DateOnly.FromDateTime(one.At.UtcDateTime))
            .ToDictionary(day => day.Key, day => day.CountBy(one => one.Kind).ToDictionary());
        var rules = decisions.SelectMany(one => RulesIn(one.Flags).Except(UrgencyRules).Select(rule => (Rule: rule, one.Kind)))
            .GroupBy(pair => pair.Rule)
            .Select(group => new RuleAccuracy(
                group.Key,
                group.Count(),
                group.Count(pair => pair.Kind is DecisionKind.Approve),
                group.Count(pair => pair.Kind is DecisionKind.ApproveRedacted)))
            .OrderByDescending(rule => rule.Decided).ThenBy(rule => rule.Rule, StringComparer.Ordinal);
        return new(
            await queue.CountAsync(cancellationToken: cancellationToken),
            now,
            Median([.. decisions.Select(one => one.WaitedSeconds).OfType<double>()]),
            [.. Enumerable.Range(0, Days).Select(day => today.AddDays(day + 1 - Days))
                .Select(day => new DailyDecisions(day, days.GetValueOrDefault(day) ?? []))],
            [.. rules]);
    }

    /// <summary>
    /// A comment that may be a crisis, or needs a doctor, is often published, and the rule was right all the same: whether it was refused
    /// says nothing about it.
    /// </summary>
    private static readonly string[] UrgencyRules =
        [.. FlagRules.All.Where(rule => rule.Level is not FlagLevel.Ordinary).Select(rule => rule.Id)];

    private static IEnumerable<string> RulesIn(string flags) =>
        flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(flag => flag.Split('@')[0]).Distinct();

    private static TimeSpan? Median(double[] seconds)
    {
        if (seconds is [])
            return null;
        Array.Sort(seconds);
        return TimeSpan.FromSeconds((seconds[(seconds.Length - 1) / 2] + seconds[seconds.Length / 2]) / 2);
    }
}
