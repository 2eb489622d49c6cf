using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderation;

/// <summary>
/// Looks every two seconds for changes that a command has made in the SQLite file, so that readers and moderators see them. The audit log
/// has each change that readers can see, and the arrivals have each new comment. PostgreSQL says by itself what has changed
/// (<see cref="CommentChangeHandler"/>).
/// </summary>
public sealed partial class CommentChangePoller(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, CommentChangeNotifier notifier, TimeProvider clock,
    IOptions<DataOptions> data, ILogger<CommentChangePoller> logger)
    : PeriodicService(TimeSpan.FromSeconds(2), database, clock)
{
    /// <summary>
    /// The database gives ids before the commit, so a row may appear after one with a larger id. This many ids are read again.
    /// </summary>
    private const int Overlap = 100;

    /// <summary>How much the clocks of two replicas may differ.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset startedAt = clock.GetUtcNow();
    private readonly ReadPosition decisions = new(), arrivals = new();

    /// <summary>
    /// Notifies of every change since the last call that succeeded. The first call notifies of what has happened since the program
    /// started, because pages may have been made before it.
    /// </summary>
    /// <remarks>What could not be read is left to a later call. To notify twice does no harm.</remarks>
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

    protected override Task RunOnceAsync(CancellationToken stoppingToken) =>
        data.Value.Provider is DatabaseKind.Sqlite ? PollAsync(stoppingToken) : Task.CompletedTask;

    protected override void LogFailure(Exception failed) => LogFailed(failed);

    /// <param name="position">It moves only after the notifications.</param>
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

    /// <summary>How far this replica has read a table.</summary>
    private sealed class ReadPosition
    {
        /// <summary>The largest id that was read; null before the first call that succeeded.</summary>
        public long? Newest { get; private set; }

        /// <summary>The ids within <see cref="Overlap"/> of it that were read.</summary>
        public HashSet<long> Notified { get; } = [];

        public void MoveTo(long newest, IEnumerable<ChangeRow> read)
        {
            Newest = newest;
            Notified.UnionWith(read.Select(change => change.Id));
            Notified.RemoveWhere(id => id <= newest - Overlap);
        }
    }
}
