using Microsoft.EntityFrameworkCore.Storage;

namespace ArmTwitch.Data;

/// <summary>
/// An open transaction that may write, from <see cref="WriteTransactionFactory"/>. Disposing it without <see cref="CommitAsync"/>
/// rolls back. Either way disposing releases the SQLite lock.
/// </summary>
public sealed class WriteTransaction : IAsyncDisposable
{
    private readonly IDisposable writeLock;
    private readonly IDbContextTransaction transaction;
    private readonly bool ownsContext;

    internal WriteTransaction(IDisposable writeLock, ArmTwitchDb db, IDbContextTransaction transaction, bool ownsContext)
    {
        this.writeLock = writeLock;
        Db = db;
        this.transaction = transaction;
        this.ownsContext = ownsContext;
    }

    /// <summary>The context whose statements are part of the transaction.</summary>
    public ArmTwitchDb Db { get; }

    /// <summary>Saves the changes that the context tracks and commits everything.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await Db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
            if (ownsContext)
                await Db.DisposeAsync();
        }
        finally
        {
            writeLock.Dispose();
        }
    }
}
