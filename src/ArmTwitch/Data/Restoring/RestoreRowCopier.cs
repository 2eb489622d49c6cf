using ArmTwitch.Data.Bulk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ArmTwitch.Data.Restoring;

/// <summary>Copies rows from the old database into the restored one, see <see cref="IRestoreReconciler"/>.</summary>
internal static class RestoreRowCopier
{
    /// <summary>Copies rows that are missing by the primary key and every unique index.</summary>
    /// <param name="condition">SQL about <c>old</c>, the row of the old database.</param>
    /// <param name="numbered">A column that gets new numbers; null for none.</param>
    /// <returns>How many rows.</returns>
    public static Task<int> CopyMissingRowsAsync<T>(
        this ArmTwitchDb db, string condition, string? numbered = null, CancellationToken cancellationToken = default)
    {
        var (table, columns) = TableOf<T>(db);
        var taken = columns.Where(column => column != numbered).Select(column => $"\"{column}\"").ToList();
        return db.ExecuteAsync(
            $"""
            INSERT INTO main."{table}" ({string.Join(", ", taken)})
            SELECT {string.Join(", ", taken.Select(column => $"old.{column}"))} FROM before."{table}" AS old WHERE {condition} ORDER BY old.rowid
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }

    /// <summary>Copies some columns of rows that are in both databases.</summary>
    /// <param name="condition">SQL about <c>old</c>, the row of the old database, and <c>new</c>, the restored one.</param>
    /// <returns>How many rows.</returns>
    public static Task<int> UpdateRowsAsync<T>(
        this ArmTwitchDb db, IEnumerable<string> columns, string condition, CancellationToken cancellationToken = default)
    {
        var table = TableOf<T>(db).Name;
        return db.ExecuteAsync(
            $"""
            UPDATE main."{table}" AS new SET {string.Join(", ", columns.Select(column => $"\"{column}\" = old.\"{column}\""))}
            FROM before."{table}" AS old WHERE {condition}
            """,
            cancellationToken);
    }

    /// <summary>The same for all columns.</summary>
    public static Task<int> UpdateRowsAsync<T>(this ArmTwitchDb db, string condition, CancellationToken cancellationToken = default) =>
        db.UpdateRowsAsync<T>(TableOf<T>(db).Columns, condition, cancellationToken);

    /// <param name="statement">A constant of this program, without any input.</param>
    public static Task<int> ExecuteAsync(this ArmTwitchDb db, string statement, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(statement, cancellationToken);

    private static (string Name, IReadOnlyList<string> Columns) TableOf<T>(ArmTwitchDb db)
    {
        var entity = db.EntityOf<T>();
        var name = entity.GetTableName()!;
        var table = StoreObjectIdentifier.Table(name);
        return (name, [.. entity.GetProperties().Select(property => property.GetColumnName(table)!)]);
    }
}
