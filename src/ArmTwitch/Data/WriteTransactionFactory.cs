using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data;

/// <summary>
/// The way to write to the database: nobody who begins here forgets the lock that SQLite needs. A context that the caller passes stays
/// open; otherwise the transaction has its own.
/// </summary>
public sealed class WriteTransactionFactory(IDbContextFactory<ArmTwitchDb> databases, SqliteWriteLock writeLock)
{
    /// <summary>Begins a transaction. On SQLite it waits until all other writes of this program have ended.</summary>
    public Task<WriteTransaction> BeginAsync(CancellationToken cancellationToken) =>
        BeginWithAsync(null, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <inheritdoc cref="BeginAsync(CancellationToken)"/>
    /// <param name="patience">The longest wait for the lock.</param>
    /// <exception cref="TimeoutException">Other writes held the lock all the time.</exception>
    public Task<WriteTransaction> BeginAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        BeginWithAsync(null, patience, cancellationToken);

    /// <inheritdoc cref="BeginAsync(CancellationToken)"/>
    public Task<WriteTransaction> BeginAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        BeginWithAsync(db, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <inheritdoc cref="BeginAsync(TimeSpan, CancellationToken)"/>
    public Task<WriteTransaction> BeginAsync(ArmTwitchDb db, TimeSpan patience, CancellationToken cancellationToken) =>
        BeginWithAsync(db, patience, cancellationToken);

    /// <summary>
    /// Waits for the lock alone: for a caller that decides only then what to write, or writes in several transactions on end.
    /// </summary>
    /// <inheritdoc cref="BeginAsync(TimeSpan, CancellationToken)"/>
    public async Task<WriteTurn> WaitAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        new(await writeLock.AcquireAsync(patience, cancellationToken), databases);

    private async Task<WriteTransaction> BeginWithAsync(ArmTwitchDb? db, TimeSpan patience, CancellationToken cancellationToken)
    {
        // With the wait for the lock, which is what makes a write slow.
        var activity = SiteTelemetry.Activities.StartActivity("write transaction");
        try
        {
            return await WriteTransaction.BeginAsync(
                await writeLock.AcquireAsync(patience, cancellationToken), db, databases, activity, cancellationToken);
        }
        catch
        {
            activity?.Dispose();
            throw;
        }
    }
}
