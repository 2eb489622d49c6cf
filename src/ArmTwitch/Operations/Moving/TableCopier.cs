using System.Data.Common;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Restoring;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ArmTwitch.Operations.Moving;

/// <summary>Copies tables row by row in the order of SQLite's own row numbers, which every table has.</summary>
internal sealed class TableCopier(SqliteDb source, ArmTwitchDb target, MoveProgress progress, WriteTransactionFactory writing)
{
    private const int BatchSize = 1000;

    /// <summary>Copies what is not copied yet.</summary>
    /// <exception cref="DatabaseMoveException">PostgreSQL refuses a value that SQLite took.</exception>
    public async Task CopyAsync(MovedTable table, CancellationToken cancellationToken)
    {
        // Rows that name another row of the table come after those that name none.
        string[] conditions = table.OwnReference is { } own ? [$"\"{own}\" IS NULL", $"\"{own}\" IS NOT NULL"] : ["TRUE"];
        foreach (var (pass, condition) in conditions.Index())
        {
            var step = $"{table.Name} {pass}";
            var last = await progress.LastRowAsync(step, cancellationToken);
            while (await ReadBatchAsync(table, condition, last, cancellationToken) is { Count: > 0 } rows)
            {
                await WriteBatchAsync(table, rows, step, cancellationToken);
                last = rows[^1].Number;
            }
        }
    }

    /// <summary>Lets the numbers that the database gives go on where SQLite was, so that none is given twice.</summary>
    public async Task SetSequencesAsync(MovedTable table, CancellationToken cancellationToken)
    {
        foreach (var column in table.Columns.Select(column => column.Name))
        {
            var sequence = await target.Database.SqlQuery<string?>(
                $"SELECT pg_get_serial_sequence(quote_ident({table.Name}), {column}) AS \"Value\"").SingleAsync(cancellationToken);
            if (sequence is null)
                continue;
            var given = await GivenNumberAsync(table, cancellationToken);
            await target.Database.SqlQuery<long>(
                $"SELECT setval({sequence}::regclass, {Math.Max(given, 1)}, {given > 0}) AS \"Value\"").SingleAsync(cancellationToken);
        }
    }

    public async Task<TableFingerprint> SourceFingerprintAsync(MovedTable table, CancellationToken cancellationToken)
    {
        await using var command = source.Database.GetDbConnection().CreateCommand();
        command.CommandText = Select(table);
        return await FingerprintAsync(table, command, (column, reader, place) => column.ReadSource(reader, place), cancellationToken);
    }

    public async Task<TableFingerprint> TargetFingerprintAsync(MovedTable table, CancellationToken cancellationToken)
    {
        await using var command = target.Database.GetDbConnection().CreateCommand();
        command.CommandText = Select(table);
        return await FingerprintAsync(table, command, (column, reader, place) => column.ReadTarget(reader, place), cancellationToken);
    }

    private static async Task<TableFingerprint> FingerprintAsync(
        MovedTable table, DbCommand command, Func<MovedColumn, DbDataReader, int, object?> read, CancellationToken cancellationToken)
    {
        var fingerprint = new TableFingerprint(table);
        var values = new object?[table.Columns.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var place = 0; place < values.Length; place++)
                values[place] = read(table.Columns[place], reader, place);
            fingerprint.Add(values);
        }

        return fingerprint;
    }

    private static string Names(MovedTable table) => string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));

    private static string Select(MovedTable table) => $"SELECT {Names(table)} FROM \"{table.Name}\"";

    private async Task<List<(long Number, object?[] Values)>> ReadBatchAsync(
        MovedTable table, string condition, long after, CancellationToken cancellationToken)
    {
        await using var command = (SqliteCommand)source.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            $"SELECT {Names(table)}, rowid FROM \"{table.Name}\" WHERE rowid > @after AND {condition} ORDER BY rowid LIMIT {BatchSize}";
        command.Parameters.AddWithValue("@after", after);
        var rows = new List<(long, object?[])>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((
                reader.GetInt64(table.Columns.Count), [.. table.Columns.Select((column, place) => column.ReadSource(reader, place))]));
        return rows;
    }

    private async Task WriteBatchAsync(
        MovedTable table, List<(long Number, object?[] Values)> rows, string step, CancellationToken cancellationToken)
    {
        try
        {
            await using var write = await writing.BeginAsync(target, cancellationToken);
            // Nobody has to hear of these rows: no site runs on them yet.
            await target.ExecuteAsync($"ALTER TABLE \"{table.Name}\" DISABLE TRIGGER USER", cancellationToken);
            await InsertAsync(table, rows, target.Database.CurrentTransaction!.GetDbTransaction(), cancellationToken);
            await target.ExecuteAsync($"ALTER TABLE \"{table.Name}\" ENABLE TRIGGER USER", cancellationToken);
            await progress.RecordAsync(step, rows[^1].Number, cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
        catch (DbException refused) when (!refused.IsTransient)
        {
            throw new DatabaseMoveException($"PostgreSQL refuses one of the rows {rows[0].Number} to {rows[^1].Number} (rowid) of the table "
                + $"{table.Name}: {DatabaseFailureClassifier.CodeOf(refused)}. What was copied before stays; mend the row and move again.");
        }
    }

    private async Task InsertAsync(
        MovedTable table, List<(long Number, object?[] Values)> rows, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var connection = target.Database.GetDbConnection();
        await using var maker = connection.CreateCommand();
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        var statement =
            $"INSERT INTO \"{table.Name}\" ({Names(table)}) VALUES ({string.Join(", ", table.Columns.Select(column => $"@{column.Name}"))})";
        foreach (var (_, values) in rows)
        {
            var one = batch.CreateBatchCommand();
            one.CommandText = statement;
            for (var place = 0; place < values.Length; place++)
                one.Parameters.Add(table.Columns[place].TargetParameter(maker, values[place]));
            batch.BatchCommands.Add(one);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The highest number that SQLite has given to a row of the table, deleted ones too.</returns>
    private Task<long> GivenNumberAsync(MovedTable table, CancellationToken cancellationToken)
    {
        var given = $"""
            SELECT MAX(
                COALESCE((SELECT MAX(rowid) FROM "{table.Name}"), 0),
                COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'), 0)) AS Value
            """;
        return source.Database.SqlQueryRaw<long>(given).SingleAsync(cancellationToken);
    }
}
