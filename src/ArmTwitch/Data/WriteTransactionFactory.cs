using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data;

/// <summary>
/// The one way to write to the database, so that nobody can forget the lock that SQLite needs. A caller that gives its own context
/// keeps it; without one the transaction has a context of its own.
/// </summary>
public sealed class WriteTransactionFactory(IDbContextFactory<ArmTwitchDb> databases, SqliteWriteLock writeLock)
{
    /// <summary>Waits for other writers of SQLite as long as it takes, and begins a transaction.</summary>
    public Task<WriteTransaction> BeginAsync(CancellationToken cancellationToken) =>
        BeginAsync(null, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>The same for somebody who cannot wait long.</summary>
    /// <param name="patience">How long to wait for other writers of SQLite.</param>
    /// <exception cref="TimeoutException">Others were writing all the time.</exception>
    public Task<WriteTransaction> BeginAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        BeginAsync(null, patience, cancellationToken);

    /// <summary>The same for work that another writer may do while the caller waits.</summary>
    /// <param name="isNeeded">Called once, with the lock.</param>
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
