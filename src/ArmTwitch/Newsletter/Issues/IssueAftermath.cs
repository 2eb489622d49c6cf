using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>
/// Whose subscription ended after an issue, by the ledger of consent. Nobody is tracked: what ended between this issue and the next one
/// counts, whatever made them leave.
/// </summary>
public sealed class IssueAftermath(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly (string Name, int From, int To)[] Periods =
        [("First day", 0, 1), ("Days 2 to 7", 1, 7), ("Days 8 to 30", 7, 30)];

    /// <returns>The periods that have begun, the first one first; empty for an issue that is not on the web.</returns>
    public async Task<IReadOnlyList<IssueAftermathPeriod>> CountAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Issue>().Where(issue => issue.Slug == slug).Select(issue => issue.PublishedAt)
            .SingleOrDefaultAsync(cancellationToken) is not { } start)
            return [];
        var next = await db.Set<Issue>().Where(issue => issue.PublishedAt > start).MinAsync(issue => issue.PublishedAt, cancellationToken);
        var end = new[] { next ?? DateTimeOffset.MaxValue, start + (Day * Periods[^1].To), clock.GetUtcNow() }.Min();
        var counted = new List<IssueAftermathPeriod>();
        foreach (var (name, from, to) in Periods)
        {
            var (begin, until) = (start + (Day * from), start + (Day * to) < end ? start + (Day * to) : end);
            if (begin >= end)
                break;
            var ended = await db.Set<ConsentRecord>().Where(record => record.At >= begin && record.At < until
                && (record.Kind == ConsentKind.Withdrawn || record.Kind == ConsentKind.Bounced || record.Kind == ConsentKind.Complained))
                .GroupBy(record => record.Kind).Select(kind => new { kind.Key, Count = kind.Count() })
                .ToDictionaryAsync(kind => kind.Key, kind => kind.Count, cancellationToken);
            counted.Add(new(
                name, ended.GetValueOrDefault(ConsentKind.Withdrawn), ended.GetValueOrDefault(ConsentKind.Bounced),
                ended.GetValueOrDefault(ConsentKind.Complained)));
        }

        return counted;
    }
}

/// <summary>Whose subscription ended in some time after an issue.</summary>
/// <param name="Name">Such as "Days 2 to 7".</param>
public sealed record IssueAftermathPeriod(string Name, int Left, int Bounced, int Complained);
