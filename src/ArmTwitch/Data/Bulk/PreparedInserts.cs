using System.Data.Common;
using ArmTwitch.Data.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ArmTwitch.Data.Bulk;

/// <summary>
/// Inserts rows of several kinds in the context's transaction, where the change tracker is too slow. SQLite prepares a statement once for
/// each kind; PostgreSQL takes all rows of a call in one round trip.
/// </summary>
internal sealed class PreparedInserts(ArmTwitchDb db) : IAsyncDisposable
{
    private readonly Dictionary<Type, (InsertStatement Statement, DbCommand Command)> kinds = [];

    /// <summary>Inserts them in their order. The keys that the database gives them are not read.</summary>
    /// <exception cref="DbUpdateException">The database refused one, as when a context saves; its cause says why.</exception>
    public async Task InsertAsync(IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        try
        {
            if (db.Database.GetDbConnection() is { CanCreateBatch: true } connection)
                await TogetherAsync(connection, rows, cancellationToken);
            else
                await InTurnAsync(rows, cancellationToken);
        }
        catch (DbException failed)
        {
            throw new DbUpdateException("A row could not be inserted", failed);
        }

        foreach (var counted in rows.OfType<ICountedRow>())
            EventCounterInterceptor.Count(counted);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, command) in kinds.Values)
            await command.DisposeAsync();
    }

    private async Task InTurnAsync(IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            var (statement, command) = KindOf(row);
            command.Parameters.Clear();
            statement.Fill(command, command.Parameters, row);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task TogetherAsync(DbConnection connection, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var row in rows)
        {
            var (statement, command) = KindOf(row);
            var one = batch.CreateBatchCommand();
            one.CommandText = statement.Text;
            statement.Fill(command, one.Parameters, row);
            batch.BatchCommands.Add(one);
        }

        if (rows.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private (InsertStatement Statement, DbCommand Command) KindOf(object row)
    {
        if (kinds.TryGetValue(row.GetType(), out var known))
            return known;
        var statement = InsertStatement.Of(db.EntityOf(row.GetType()));
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = statement.Text;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return kinds[row.GetType()] = (statement, command);
    }
}
