using System.Data.Common;
using ArmTwitch.Data.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Bulk;

/// <summary>Inserts entities of several kinds in the context's transaction, where the change tracker is too slow.</summary>
internal sealed class PreparedInserts(ArmTwitchDb db) : IAsyncDisposable
{
    private readonly RowStatementRunner statements = new(db);

    /// <summary>Inserts them in their order. The keys that the database gives them are not read.</summary>
    /// <exception cref="DbUpdateException">The database refused one, as when a context saves; its cause says why.</exception>
    public async Task InsertAsync(IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        try
        {
            await statements.ExecuteAsync(
                rows.Select(row => (RowStatement.ToInsert(db.EntityOf(row.GetType())), row)), cancellationToken);
        }
        catch (DbException failed)
        {
            throw new DbUpdateException("A row could not be inserted", failed);
        }

        foreach (var counted in rows.OfType<ICountedRow>())
            EventCounterInterceptor.Count(counted);
    }

    public ValueTask DisposeAsync() => statements.DisposeAsync();
}
