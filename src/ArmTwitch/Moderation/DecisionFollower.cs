using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>
/// Hears of what happened elsewhere, on the command line or another replica, so that readers and moderators here see it: the audit
/// tells of each change that readers can see, and the arrivals of each new comment.
/// </summary>
public sealed partial class DecisionFollower(
    IDbContextFactory<ArmTwitchDb> databases, Database database, CommentNews news, TimeProvider clock, ILogger<DecisionFollower> logger)
    : TimedRounds(TimeSpan.FromSeconds(2), database, clock)
{
    /// <summary>Numbers are given before they are committed, so one may turn up after a larger one; this many are looked at again.</summary>
    private const int Overlap = 100;

    private readonly HashSet<long> known = [];
    private long? newest, newestArrival;

    /// <summary>Tells of everything since the last call. The first call tells of nothing.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await TellOfDecisionsAsync(db, cancellationToken);
        await TellOfArrivalsAsync(db, cancellationToken);
    }

    private async Task TellOfDecisionsAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var decisions = db.Set<CommentDecision>().AsNoTracking();
        var isFirst = newest is null;
        newest ??= await decisions.MaxAsync(decision => (long?)decision.Id, cancellationToken) ?? 0;
        var from = newest - Overlap;
        var recent = await decisions.Where(decision => decision.Id > from).Select(decision => new { decision.Id, decision.CommentId }).ToListAsync(cancellationToken);
        var fresh = recent.Where(decision => known.Add(decision.Id)).ToList();
        newest = Math.Max(newest.Value, recent.Count > 0 ? recent.Max(decision => decision.Id) : 0);
        known.RemoveWhere(id => id <= newest - Overlap);
        if (isFirst || fresh.Count is 0)
            return;

        await TellAsync(db, fresh.Select(decision => decision.CommentId), isSeen: true, cancellationToken);
    }

    private async Task TellOfArrivalsAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var arrivals = db.Set<CommentArrival>().AsNoTracking();
        if (newestArrival is not { } last)
        {
            newestArrival = await arrivals.MaxAsync(arrival => (long?)arrival.Id, cancellationToken) ?? 0;
            return;
        }

        var fresh = await arrivals.Where(arrival => arrival.Id > last).Select(arrival => new { arrival.Id, arrival.CommentId }).ToListAsync(cancellationToken);
        newestArrival = fresh.Select(arrival => arrival.Id).Append(last).Max();
        await TellAsync(db, fresh.Select(arrival => arrival.CommentId), isSeen: false, cancellationToken);
    }

    private async Task TellAsync(ArmTwitchDb db, IEnumerable<Guid> comments, bool isSeen, CancellationToken cancellationToken)
    {
        foreach (var batch in comments.Distinct().Chunk(Overlap))
        {
            foreach (var comment in await db.Set<Comment>().AsNoTracking().Where(comment => batch.Contains(comment.Id)).ToListAsync(cancellationToken))
                news.Tell(comment, isSeen);
        }
    }

    protected override Task GoRoundAsync(CancellationToken stoppingToken) => FollowAsync(stoppingToken);

    protected override void Tell(Exception failed) => LogFailed(failed);

    [LoggerMessage(LogLevel.Warning, "Decisions made elsewhere could not be looked up")]
    private partial void LogFailed(Exception failed);
}
