using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data;

/// <summary>The lock of SQLite, held from <see cref="WriteTransactionFactory.WaitAsync"/> until this is disposed.</summary>
public sealed class WriteTurn : IDisposable
{
    private readonly IDisposable writeLock;
    private readonly IDbContextFactory<ArmTwitchDb> databases;

    internal WriteTurn(IDisposable writeLock, IDbContextFactory<ArmTwitchDb> databases) =>
        (this.writeLock, this.databases) = (writeLock, databases);

    /// <summary>Begins a transaction with a context of its own. The lock stays held after it.</summary>
    public Task<WriteTransaction> BeginAsync(CancellationToken cancellationToken) =>
        WriteTransaction.BeginAsync(
            null, null, databases, SiteTelemetry.Activities.StartActivity("write transaction"), cancellationToken);

    public void Dispose() => writeLock.Dispose();
}
