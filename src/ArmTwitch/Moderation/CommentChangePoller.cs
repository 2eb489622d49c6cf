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
    /// <summary>So many rows before the newest are looked at by the first call, and so many comments are read at once.</summary>
    private const int Recent = 100;

    /// <summary>How much the clocks of two programs may differ.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset startedAt = clock.GetUtcNow();

    /// <summary>The last decision and the last arrival that screens were notified of; null before the first call that succeeded.</summary>
    private long? lastDecision, lastArrival;

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
        lastDecision = await NotifyAsync(db, decided, lastDecision, isSeen: true, cancellationToken);
        var arrived = db.Set<CommentArrival>()
            .Select(arrival => new ChangeRow { Id = arrival.Id, CommentId = arrival.CommentId, At = arrival.At });
        lastArrival = await NotifyAsync(db, arrived, lastArrival, isSeen: false, cancellationToken);
    }

    protected override ILogger Logger => logger;

    protected override Task RunOnceAsync(CancellationToken stoppingToken) =>
        data.Value.Provider is DatabaseKind.Sqlite ? PollAsync(stoppingToken) : Task.CompletedTask;

    protected override void LogFailure(Exception failed) => LogFailed(failed);

    /// <param name="last">The last row that was read; null for what has happened since the program started.</param>
    /// <returns>The last row now. SQLite has one writer, so no row appears later with a smaller id.</returns>
    private async Task<long> NotifyAsync(
        ArmTwitchDb db, IQueryable<ChangeRow> changes, long? last, bool isSeen, CancellationToken cancellationToken)
    {
        var from = last ?? (await changes.MaxAsync(change => (long?)change.Id, cancellationToken) ?? 0) - Recent;
        var since = last is null ? startedAt - ClockSkew : DateTimeOffset.UnixEpoch;
        var rows = await changes.Where(change => change.Id > from).ToListAsync(cancellationToken);
        foreach (var batch in rows.Where(change => change.At >= since).Select(change => change.CommentId).Distinct().Chunk(Recent))
        {
            foreach (var comment in await db.Set<Comment>().AsNoTracking()
                .Where(comment => batch.Contains(comment.Id)).ToListAsync(cancellationToken))
                notifier.Notify(comment, isSeen);
        }

        return rows.Select(change => change.Id).Append(from).Max();
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
}
