using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>
/// Hears of what happened elsewhere, on the command line or another replica, so that readers and moderators here see it: the audit
/// tells of each change that readers can see, and the arrivals of each new comment.
/// </summary>
public sealed partial class ReplicaChangeListener(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, CommentChangeNotifier notifier, TimeProvider clock,
    ILogger<ReplicaChangeListener> logger)
    : PeriodicService(TimeSpan.FromSeconds(2), database, clock)
{
    /// <summary>
    /// Numbers are given before they are committed, so one may turn up after a larger one; this many are looked at again.
    /// </summary>
    private const int Overlap = 100;

    /// <summary>How far the clocks of two replicas may be apart.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset startedAt = clock.GetUtcNow();
    private readonly ReadPosition decisions = new(), arrivals = new();

    /// <summary>
    /// Tells of everything since the last call that succeeded. The first one tells of what happened since the program started: pages may
    /// have been made before it.
    /// </summary>
    /// <remarks>What could not be read is told by a later call; what is told twice does no harm.</remarks>
    public async Task PollAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var decided = db.Set<CommentDecision>()
            .Select(decision => new ChangeRow { Id = decision.Id, CommentId = decision.CommentId, At = decision.At });
        await PollAsync(db, decided, decisions, isSeen: true, cancellationToken);
        var arrived = db.Set<CommentArrival>()
            .Select(arrival => new ChangeRow { Id = arrival.Id, CommentId = arrival.CommentId, At = arrival.At });
        await PollAsync(db, arrived, arrivals, isSeen: false, cancellationToken);
    }

    protected override Task RunOnceAsync(CancellationToken stoppingToken) => PollAsync(stoppingToken);

    protected override void LogFailure(Exception failed) => LogFailed(failed);

    /// <param name="position">Moves only after everything up to it has been told.</param>
    private async Task PollAsync(
        ArmTwitchDb db, IQueryable<ChangeRow> changes, ReadPosition position, bool isSeen, CancellationToken cancellationToken)
    {
        var newest = position.Newest ?? await changes.MaxAsync(change => (long?)change.Id, cancellationToken) ?? 0;
        var from = newest - Overlap;
        var recent = await changes.Where(change => change.Id > from).ToListAsync(cancellationToken);
        var fresh = position.Newest is null
            ? recent.Where(change => change.At >= startedAt - ClockSkew)
            : recent.Where(change => !position.Notified.Contains(change.Id));
        foreach (var batch in fresh.Select(change => change.CommentId).Distinct().Chunk(Overlap))
        {
            foreach (var comment in await db.Set<Comment>().AsNoTracking()
                .Where(comment => batch.Contains(comment.Id)).ToListAsync(cancellationToken))
                notifier.Notify(comment, isSeen);
        }

        position.MoveTo(recent.Select(change => change.Id).Append(newest).Max(), recent);
    }

    [LoggerMessage(LogLevel.Warning, "Decisions made elsewhere could not be looked up; they are looked up again in two seconds")]
    private partial void LogFailed(Exception failed);

    /// <summary>One row of a table that grows with each change.</summary>
    private sealed class ChangeRow
    {
        public required long Id { get; init; }

        public required Guid CommentId { get; init; }

        public required DateTimeOffset At { get; init; }
    }

    /// <summary>How far this replica has told of a table.</summary>
    private sealed class ReadPosition
    {
        /// <summary>The largest number that was told of; null before the first round that succeeded.</summary>
        public long? Newest { get; private set; }

        /// <summary>The numbers within <see cref="Overlap"/> of it that were told of.</summary>
        public HashSet<long> Notified { get; } = [];

        public void MoveTo(long newest, IEnumerable<ChangeRow> told)
        {
            Newest = newest;
            Notified.UnionWith(told.Select(change => change.Id));
            Notified.RemoveWhere(id => id <= newest - Overlap);
        }
    }
}
