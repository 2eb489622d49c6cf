using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Retention;

/// <summary>What a rule works with in one round.</summary>
public sealed class RetentionContext(ArmTwitchDb db, WriteTransactionFactory writing, DateTimeOffset now)
{
    /// <summary>Rows written in one transaction, so that nobody waits long for the turn to write.</summary>
    public const int Batch = 500;

    public ArmTwitchDb Db => db;

    public DateTimeOffset Now => now;

    /// <summary>Writes in one turn and one transaction.</summary>
    /// <param name="write">Answers how many rows it changed; what it adds to the context is saved.</param>
    public async Task<int> WriteAsync(Func<Task<int>> write, CancellationToken cancellationToken)
    {
        await using var transaction = await writing.BeginAsync(db, cancellationToken);
        var changed = await write();
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return changed;
    }

    /// <summary>Deletes all rows of a query, which is one statement.</summary>
    public Task<int> DeleteAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken) =>
        WriteAsync(() => rows.ExecuteDeleteAsync(cancellationToken), cancellationToken);

    /// <summary>Looks for rows outside the turn, and writes some hundred of them in each.</summary>
    public async Task<int> ForEachBatchAsync<T>(
        IQueryable<T> rows, Func<IReadOnlyList<T>, Task<int>> write, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var some in (await rows.ToListAsync(cancellationToken)).Chunk(Batch))
            changed += await WriteAsync(() => write(some), cancellationToken);
        return changed;
    }
}
