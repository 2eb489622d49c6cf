using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ArmTwitch.Data;

/// <summary>
/// An open transaction that may write, from <see cref="WriteTransactionFactory"/>. Disposing it without <see cref="CommitAsync"/> rolls
/// everything back; in both cases the lock of SQLite is released.
/// </summary>
public sealed class WriteTransaction : IAsyncDisposable
{
    private readonly IDisposable? writeLock;
    private readonly ArmTwitchDb? ownDb;
    private readonly IDbContextTransaction transaction;
    private readonly Activity? activity;

    private WriteTransaction(IDisposable? writeLock, ArmTwitchDb db, ArmTwitchDb? ownDb, IDbContextTransaction transaction, Activity? activity) =>
        (this.writeLock, Db, this.ownDb, this.transaction, this.activity) = (writeLock, db, ownDb, transaction, activity);

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
        // Whatever fails to close, the lock must not stay held: others wait for it without end.
        using (activity)
        using (writeLock)
        await using (ownDb)
            await transaction.DisposeAsync();
    }

    /// <param name="writeLock">Released with the transaction, and when none can begin; null for a caller that releases it.</param>
    /// <param name="db">A context of the caller, which stays open; null for one of the transaction's own.</param>
    /// <param name="activity">Ends with the transaction; null when nobody traces.</param>
    internal static async Task<WriteTransaction> BeginAsync(
        IDisposable? writeLock, ArmTwitchDb? db, IDbContextFactory<ArmTwitchDb> databases, Activity? activity,
        CancellationToken cancellationToken)
    {
        ArmTwitchDb? own = null;
        try
        {
            db ??= own = await databases.CreateDbContextAsync(cancellationToken);
            // SQLite waits for another process on the thread that asks, and a screen has to show meanwhile that it waits.
            var begun = await Task.Run(() => db.Database.BeginTransactionAsync(cancellationToken), CancellationToken.None);
            return new(writeLock, db, own, begun, activity);
        }
        catch
        {
            using (activity)
            using (writeLock)
            await using (own)
                throw;
        }
    }
}
