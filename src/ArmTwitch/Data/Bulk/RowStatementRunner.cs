using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ArmTwitch.Data.Bulk;

/// <summary>
/// Executes statements for many rows in the context's transaction, on its open connection. SQLite prepares each statement once; PostgreSQL
/// takes all rows of a call in one round trip.
/// </summary>
internal sealed class RowStatementRunner(ArmTwitchDb db) : IAsyncDisposable
{
    private readonly Dictionary<RowStatement, DbCommand> commands = [];

    /// <returns>For each row, how many rows of the table were changed.</returns>
    public Task<IReadOnlyList<int>> ExecuteAsync(
        IEnumerable<(RowStatement Statement, object Row)> rows, CancellationToken cancellationToken) =>
        db.Database.GetDbConnection() is { CanCreateBatch: true } connection
            ? TogetherAsync(connection, rows, cancellationToken)
            : InTurnAsync(rows, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands.Values)
            await command.DisposeAsync();
    }

    private async Task<IReadOnlyList<int>> InTurnAsync(
        IEnumerable<(RowStatement Statement, object Row)> rows, CancellationToken cancellationToken)
    {
        var changed = new List<int>();
        foreach (var (statement, row) in rows)
        {
            var command = CommandOf(statement);
            command.Parameters.Clear();
            statement.Fill(command, command.Parameters, row);
            changed.Add(await command.ExecuteNonQueryAsync(cancellationToken));
        }

        return changed;
    }

    private async Task<IReadOnlyList<int>> TogetherAsync(
        DbConnection connection, IEnumerable<(RowStatement Statement, object Row)> rows, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (statement, row) in rows)
        {
            var one = batch.CreateBatchCommand();
            one.CommandText = statement.Text;
            statement.Fill(CommandOf(statement), one.Parameters, row);
            batch.BatchCommands.Add(one);
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
        return [.. batch.BatchCommands.Select(one => one.RecordsAffected)];
    }

    private DbCommand CommandOf(RowStatement statement)
    {
        if (commands.TryGetValue(statement, out var known))
            return known;
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = statement.Text;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return commands[statement] = command;
    }
}
