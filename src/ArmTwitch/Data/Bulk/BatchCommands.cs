using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ArmTwitch.Data.Bulk;

/// <summary>One statement for many rows, where the change tracker is too slow.</summary>
internal static class BatchCommands
{
    /// <summary>Inserts entities in the context's transaction. The database numbers those with a key of type <c>long</c>.</summary>
    /// <param name="skipExisting">Leaves out rows that a unique index refuses; otherwise one such row fails all.</param>
    /// <returns>For each entity, 1 when it was inserted, and 0 when it was left out.</returns>
    public static Task<IReadOnlyList<int>> InsertAsync<T>(
        this ArmTwitchDb db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken, bool skipExisting = false) where T : class
    {
        var statement = InsertStatement.Of(db.EntityOf<T>());
        return db.ExecuteForEachAsync<T>(
            skipExisting ? $"{statement.Text} ON CONFLICT DO NOTHING" : statement.Text, statement.Properties, rows.Select(statement.ValuesOf),
            cancellationToken);
    }

    /// <inheritdoc cref="EntityOf(ArmTwitchDb, Type)"/>
    public static IEntityType EntityOf<T>(this ArmTwitchDb db) => db.EntityOf(typeof(T));

    /// <exception cref="ArgumentException">It is no entity of the model.</exception>
    public static IEntityType EntityOf(this ArmTwitchDb db, Type type) =>
        db.Model.FindEntityType(type) ?? throw new ArgumentException($"{type.Name} is not kept", nameof(type));

    /// <summary>Executes a statement once for each row, in the context's transaction.</summary>
    /// <param name="statement">SQL for both databases; <c>@Name</c> is the value of the property of that name.</param>
    /// <param name="properties">The properties of the entity whose values each row holds, in this order.</param>
    /// <returns>For each row, how many rows of the table were changed.</returns>
    public static async Task<IReadOnlyList<int>> ExecuteForEachAsync<T>(
        this ArmTwitchDb db, string statement, IReadOnlyList<string> properties, IEnumerable<object?[]> rows,
        CancellationToken cancellationToken)
    {
        var entity = db.EntityOf<T>();
        RelationalTypeMapping[] kinds = [.. properties.Select(
            name => (entity.FindProperty(name) ?? throw new ArgumentException($"There is no {name}", nameof(properties)))
                .GetRelationalTypeMapping())];
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var connection = db.Database.GetDbConnection();
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            return connection.CanCreateBatch ? await TogetherAsync(connection, command) : await InTurnAsync(command);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }

        void Fill(DbCommand command, DbParameterCollection parameters, object?[] row)
        {
            for (var place = 0; place < kinds.Length; place++)
                parameters.Add(kinds[place].CreateParameter(command, $"@{properties[place]}", row[place], nullable: true));
        }

        async Task<IReadOnlyList<int>> InTurnAsync(DbCommand command)
        {
            var changed = new List<int>();
            foreach (var row in rows)
            {
                command.Parameters.Clear();
                Fill(command, command.Parameters, row);
                changed.Add(await command.ExecuteNonQueryAsync(cancellationToken));
            }

            return changed;
        }

        // One round trip to PostgreSQL for all rows.
        async Task<IReadOnlyList<int>> TogetherAsync(DbConnection connection, DbCommand command)
        {
            await using var batch = connection.CreateBatch();
            batch.Transaction = command.Transaction;
            foreach (var row in rows)
            {
                var one = batch.CreateBatchCommand();
                one.CommandText = command.CommandText;
                Fill(command, one.Parameters, row);
                batch.BatchCommands.Add(one);
            }

            if (batch.BatchCommands.Count > 0)
                await batch.ExecuteNonQueryAsync(cancellationToken);
            return [.. batch.BatchCommands.Select(one => one.RecordsAffected)];
        }
    }
}
