using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>
/// Who of the readers of an issue left, bounced or complained after it, by the ledger of consent. Nobody is tracked: what ended between
/// this issue and the next one counts, whatever made them leave. Who was no reader when it was prepared does not count, nor what ended by
/// an imported list, an editor or the operator: that tells nothing of the issue.
/// </summary>
public sealed class IssueAftermath(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly ConsentMethod[] ByOthers =
    [
        ConsentMethod.Import, ConsentMethod.ImportVouched, ConsentMethod.ImportTakenBack, ConsentMethod.Editor, ConsentMethod.CommandLine,
    ];

    private static readonly (string Name, int From, int To)[] Periods =
        [("First day", 0, 1), ("Days 2 to 7", 1, 7), ("Days 8 to 30", 7, 30)];

    /// <returns>The periods that have begun, the first one first; empty for an issue that is not on the web.</returns>
    public async Task<IReadOnlyList<IssueAftermathPeriod>> CountAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken)
            is not { PublishedAt: { } start, PreparedAt: { } prepared })
            return [];
        var ledger = db.Set<ConsentRecord>();
        var next = await db.Set<Issue>().Where(issue => issue.PublishedAt > start).MinAsync(issue => issue.PublishedAt, cancellationToken);
        var end = new[] { next ?? DateTimeOffset.MaxValue, start + (Day * Periods[^1].To), clock.GetUtcNow() }.Min();
        var counted = new List<IssueAftermathPeriod>();
        foreach (var (name, from, to) in Periods)
        {
            var (begin, until) = (start + (Day * from), start + (Day * to) < end ? start + (Day * to) : end);
            if (begin >= end)
                break;
            var ended = await ledger.Where(record => record.At >= begin && record.At < until
                && (record.Kind == ConsentKind.Withdrawn || record.Kind == ConsentKind.Bounced || record.Kind == ConsentKind.Complained)
                && !ByOthers.Contains(record.Method)
                // They agreed before it was prepared, and did not come back after that.
                && ledger.Any(given => given.SubscriberId == record.SubscriberId && given.Kind == ConsentKind.Given && given.At <= prepared)
                && !ledger.Any(given => given.SubscriberId == record.SubscriberId && given.Kind == ConsentKind.Given
                    && given.At > prepared && given.At <= record.At))
                .GroupBy(record => record.Kind).Select(kind => new { kind.Key, Count = kind.Count() })
                .ToDictionaryAsync(kind => kind.Key, kind => kind.Count, cancellationToken);
            counted.Add(new(
                name, ended.GetValueOrDefault(ConsentKind.Withdrawn), ended.GetValueOrDefault(ConsentKind.Bounced),
                ended.GetValueOrDefault(ConsentKind.Complained)));
        }

        return counted;
    }
}

/// <summary>How many readers of an issue left, bounced or complained in some time after it.</summary>
/// <param name="Name">Such as "Days 2 to 7".</param>
public sealed record IssueAftermathPeriod(string Name, int Left, int Bounced, int Complained);
