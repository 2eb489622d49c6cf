using Microsoft.Extensions.Options;

namespace ArmTwitch.Data;

/// <summary>
/// SQLite writes one transaction at a time. Whoever waits here waits in turn; whoever waits for the lock of the file tries again at
/// random, and some wait long. PostgreSQL needs no gate.
/// </summary>
public sealed class SqliteWriteLock(IOptions<DataOptions> options) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    private bool IsNeeded => options.Value.Provider is DatabaseKind.Sqlite;

    /// <summary>Waits for the turn; disposing what comes back ends it.</summary>
    public async Task<IDisposable> AcquireAsync(CancellationToken cancellationToken = default)
    {
        if (!IsNeeded)
            return HeldLock.None;
        await turn.WaitAsync(cancellationToken);
        return new HeldLock(turn);
    }

    /// <summary>The same for somebody who cannot wait long.</summary>
    /// <exception cref="TimeoutException">The turn did not come within the time.</exception>
    public async Task<IDisposable> AcquireAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        if (!IsNeeded)
            return HeldLock.None;
        return await turn.WaitAsync(patience, cancellationToken) ? new HeldLock(turn) : throw new TimeoutException("Others are writing.");
    }

    public void Dispose() => turn.Dispose();

    private sealed class HeldLock(SemaphoreSlim? held) : IDisposable
    {
        public static readonly HeldLock None = new(null);

        public void Dispose() => held?.Release();
    }
}
