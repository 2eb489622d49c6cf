using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Retention;

/// <summary>What a retention rule works with.</summary>
public sealed class RetentionContext(ArmTwitchDb db, WriteTransactionFactory writing, DateTimeOffset now)
{
    /// <summary>Rows in one transaction. Small, so that other writes do not wait long.</summary>
    public const int Batch = 500;

    public ArmTwitchDb Db => db;

    public DateTimeOffset Now => now;

    /// <summary>Writes in one transaction.</summary>
    /// <param name="write">Returns how many rows it changed; tracked changes are saved, too.</param>
    public async Task<int> WriteAsync(Func<Task<int>> write, CancellationToken cancellationToken)
    {
        await using var transaction = await writing.BeginAsync(db, cancellationToken);
        var changed = await write();
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return changed;
    }

    /// <summary>Deletes all rows of a query in one statement.</summary>
    public Task<int> DeleteAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken) =>
        WriteAsync(() => rows.ExecuteDeleteAsync(cancellationToken), cancellationToken);

    /// <summary>Reads rows outside a transaction, and writes <see cref="Batch"/> of them in each.</summary>
    public async Task<int> ForEachBatchAsync<T>(
        IQueryable<T> rows, Func<IReadOnlyList<T>, Task<int>> write, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var some in (await rows.ToListAsync(cancellationToken)).Chunk(Batch))
            changed += await WriteAsync(() => write(some), cancellationToken);
        return changed;
    }
}
