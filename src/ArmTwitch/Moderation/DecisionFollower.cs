using System.Data.Common;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>
/// Hears of decisions that were made elsewhere, by the command line or another replica, so that readers and moderators here see them.
/// The audit tells of each change that readers can see.
/// </summary>
public sealed partial class DecisionFollower(
    IDbContextFactory<ArmTwitchDb> databases, Database database, CommentNews news, TimeProvider clock, ILogger<DecisionFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Numbers are given before they are committed, so one may turn up after a larger one; this many are looked at again.</summary>
    private const int Overlap = 100;

    private readonly HashSet<long> known = [];
    private long? newest;

    /// <summary>Tells of every decision since the last call. The first call tells of none.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
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

        foreach (var batch in fresh.Select(decision => decision.CommentId).Distinct().Chunk(Overlap))
        {
            foreach (var comment in await db.Set<Comment>().AsNoTracking().Where(comment => batch.Contains(comment.Id)).ToListAsync(cancellationToken))
                news.Tell(comment, isSeen: true);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!database.IsReady)
                continue;
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is DbException or InvalidOperationException or TimeoutException)
            {
                LogFailed(failed);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Decisions made elsewhere could not be looked up")]
    private partial void LogFailed(Exception failed);
}
