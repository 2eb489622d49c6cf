using Microsoft.Extensions.Options;

namespace ArmTwitch.Data;

/// <summary>
/// Lets one write at a time through to SQLite, in the order of arrival. SQLite's own lock of the file is retried at random intervals, so
/// that some writes would wait long. PostgreSQL does not need it.
/// </summary>
public sealed class SqliteWriteLock(IOptions<DataOptions> options) : IDisposable
{
    private readonly SemaphoreSlim mutex = new(1);

    private bool IsNeeded => options.Value.Provider is DatabaseKind.Sqlite;

    /// <summary>Waits for the lock. Disposing the result releases it.</summary>
    public Task<IDisposable> AcquireAsync(CancellationToken cancellationToken = default) =>
        AcquireAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <inheritdoc cref="AcquireAsync(CancellationToken)"/>
    /// <exception cref="TimeoutException">Other writes held the lock all the time.</exception>
    public async Task<IDisposable> AcquireAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        if (!IsNeeded)
            return HeldLock.None;
        return await mutex.WaitAsync(patience, cancellationToken) ? new HeldLock(mutex) : throw new TimeoutException("Others are writing.");
    }

    public void Dispose() => mutex.Dispose();

    private sealed class HeldLock(SemaphoreSlim? held) : IDisposable
    {
        public static readonly HeldLock None = new(null);

        public void Dispose() => held?.Release();
    }
}
