using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data;

/// <summary>
/// The only way to write to the database, so that nobody forgets the lock that SQLite needs. A context that the caller passes stays open;
/// otherwise the transaction has its own.
/// </summary>
public sealed class WriteTransactionFactory(IDbContextFactory<ArmTwitchDb> databases, SqliteWriteLock writeLock)
{
    /// <summary>Begins a transaction. On SQLite it waits until all other writes of this program have ended.</summary>
    public Task<WriteTransaction> BeginAsync(CancellationToken cancellationToken) =>
        BeginAsync(null, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <inheritdoc cref="BeginAsync(CancellationToken)"/>
    /// <param name="patience">The longest wait for the lock.</param>
    /// <exception cref="TimeoutException">Other writes held the lock all the time.</exception>
    public Task<WriteTransaction> BeginAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        BeginAsync(null, patience, cancellationToken);

    /// <summary>The same for work that another write may do while this one waits.</summary>
    /// <param name="isNeeded">Called once, while the lock is held.</param>
    /// <returns>Null when the work is not needed any more.</returns>
    public async Task<WriteTransaction?> BeginIfAsync(Func<bool> isNeeded, TimeSpan patience, CancellationToken cancellationToken)
    {
        var held = await writeLock.AcquireAsync(patience, cancellationToken);
        if (isNeeded())
            return await BeginAsync(held, null, cancellationToken);
        held.Dispose();
        return null;
    }

    /// <inheritdoc cref="BeginAsync(CancellationToken)"/>
    public Task<WriteTransaction> BeginAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        BeginAsync(db, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <inheritdoc cref="BeginAsync(TimeSpan, CancellationToken)"/>
    public async Task<WriteTransaction> BeginAsync(ArmTwitchDb? db, TimeSpan patience, CancellationToken cancellationToken) =>
        await BeginAsync(await writeLock.AcquireAsync(patience, cancellationToken), db, cancellationToken);

    private async Task<WriteTransaction> BeginAsync(IDisposable held, ArmTwitchDb? db, CancellationToken cancellationToken)
    {
        ArmTwitchDb? own = null;
        try
        {
            db ??= own = await databases.CreateDbContextAsync(cancellationToken);
            return new(held, db, await db.Database.BeginTransactionAsync(cancellationToken), ownsContext: own is not null);
        }
        catch
        {
            if (own is not null)
                await own.DisposeAsync();
            held.Dispose();
            throw;
        }
    }
}
