using System.Linq.Expressions;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Statistics;

/// <summary>Counts what came and what was decided in the last four weeks, and how long what waits has waited.</summary>
public sealed class ModerationStatistics(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock)
{
    /// <summary>Whole weeks, so that each weekday counts as often as the others.</summary>
    public const int Days = 28;

    private static readonly Expression<Func<CommentDecision, bool>> IsDecision = one =>
        one.UndoneAt == null && one.Code != EditorReplyService.AuditCode && CommentDecision.KindsByModerators.Contains(one.Kind);

    /// <summary>A comment that had been decided waits again. An edit of one that waits brings nothing new.</summary>
    private static readonly Expression<Func<CommentDecision, bool>> IsReturn = one =>
        one.Kind == DecisionKind.Appeal || one.Kind == DecisionKind.Reported
        || (one.Kind == DecisionKind.Edit && one.Before != CommentStatus.Pending);

    /// <summary>
    /// A comment that may be a crisis, or needs a doctor, is often published, and the rule was right all the same: whether it was refused
    /// says nothing about it.
    /// </summary>
    private static readonly string[] UrgencyRules =
        [.. FlagRules.All.Where(rule => rule.Level is not FlagLevel.Ordinary).Select(rule => rule.Id)];

    public async Task<ModerationSummary> ReadAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = StartOf(today.AddDays(1 - Days));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var days = new List<DailyFigures>(Days);
        for (var day = today.AddDays(1 - Days); day <= today; day = day.AddDays(1))
            days.Add(await CountAsync(db, day, cancellationToken));
        var decided = db.Set<CommentDecision>().AsNoTracking().Where(one => one.At >= first).Where(IsDecision);
        var isYoung = !await db.Set<Comment>().AnyAsync(comment => comment.WrittenAt < first, cancellationToken);
        return new(
            now, await AgesAsync(db, now, cancellationToken), await TimesToDecisionAsync(decided, cancellationToken), days,
            await RulesAsync(decided, cancellationToken))
        { IsYoung = isYoung };
    }

    /// <summary>What readers wrote. An editor's answer waits for nobody.</summary>
    internal static IQueryable<Comment> Written(ArmTwitchDb db, DateTimeOffset from, DateTimeOffset to) =>
        db.Set<Comment>().Where(comment => comment.Badge == null && comment.WrittenAt >= from && comment.WrittenAt < to);

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static async Task<DailyFigures> CountAsync(ArmTwitchDb db, DateOnly day, CancellationToken cancellationToken)
    {
        var (from, to) = (StartOf(day), StartOf(day.AddDays(1)));
        var entries = db.Set<CommentDecision>().Where(one => one.At >= from && one.At < to);
        var decisions = await entries.Where(IsDecision).GroupBy(one => one.Kind)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancellationToken);
        var returned = await entries.CountAsync(IsReturn, cancellationToken);
        var written = await Written(db, from, to).CountAsync(cancellationToken);
        return new DailyFigures(day, written + returned, decisions);
    }

    private static async Task<WaitingAges> AgesAsync(ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (hour, morning, day, days, week) =
            (now.AddHours(-1), now.AddHours(-6), now.AddDays(-1), now.AddDays(-3), now.AddDays(-7));
        var found = await db.Set<Comment>().Waiting().GroupBy(_ => 1).Select(group => new
        {
            All = group.Count(),
            Hour = group.Count(comment => comment.WaitingSince > hour),
            Morning = group.Count(comment => comment.WaitingSince > morning),
            Day = group.Count(comment => comment.WaitingSince > day),
            Days = group.Count(comment => comment.WaitingSince > days),
            Week = group.Count(comment => comment.WaitingSince > week),
            Oldest = (DateTimeOffset?)group.Min(comment => comment.WaitingSince),
        }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? WaitingAges.None : new WaitingAges(
            [
                found.Hour, found.Morning - found.Hour, found.Day - found.Morning, found.Days - found.Day, found.Week - found.Days,
                found.All - found.Week,
            ],
            found.Oldest);
    }

    /// <summary>Counted by the minute: there may be many decisions, and nobody asks for more.</summary>
    private static async Task<TimesToDecision?> TimesToDecisionAsync(
        IQueryable<CommentDecision> decided, CancellationToken cancellationToken)
    {
        var minutes = await decided.Where(one => one.WaitedSeconds != null)
            .GroupBy(one => Math.Floor(one.WaitedSeconds!.Value / 60))
            .Select(group => new { Minute = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        minutes.Sort((one, other) => one.Minute.CompareTo(other.Minute));
        var all = minutes.Sum(minute => (long)minute.Count);
        return all is 0 ? null : new TimesToDecision(WithinWhich(.5), WithinWhich(.9));

        TimeSpan WithinWhich(double share)
        {
            var (seen, at) = (0L, 0);
            while ((seen += minutes[at].Count) < share * all)
                at++;
            return TimeSpan.FromMinutes(minutes[at].Minute);
        }
    }

    private static async Task<IReadOnlyList<RuleAccuracy>> RulesAsync(
        IQueryable<CommentDecision> decided, CancellationToken cancellationToken)
    {
        var groups = await decided.Where(one => one.Flags != "").GroupBy(one => new { one.Flags, one.Kind })
            .Select(group => new { group.Key.Flags, group.Key.Kind, Count = group.Count() }).ToListAsync(cancellationToken);
        return
        [
            .. groups.SelectMany(group => RulesIn(group.Flags).Except(UrgencyRules).Select(rule => (Rule: rule, group.Kind, group.Count)))
                .GroupBy(one => one.Rule)
                .Select(rule => new RuleAccuracy(
                    rule.Key,
                    rule.Sum(one => one.Count),
                    rule.Where(one => one.Kind is DecisionKind.Approve).Sum(one => one.Count),
                    rule.Where(one => one.Kind is DecisionKind.ApproveRedacted).Sum(one => one.Count)))
                .OrderByDescending(rule => rule.Decided).ThenBy(rule => rule.Rule, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> RulesIn(string flags) =>
        flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(flag => flag.Split('@')[0]).Distinct();
}
