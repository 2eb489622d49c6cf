using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

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
        var insert = RowStatement.ToInsert(db.EntityOf<T>());
        return db.ExecuteForEachAsync(skipExisting ? insert.SkippingExisting() : insert, rows, cancellationToken);
    }

    /// <summary>Executes a statement once for each row, in the context's transaction.</summary>
    /// <param name="statement">SQL for both databases; <c>@Name</c> is the value of the property of that name.</param>
    /// <param name="properties">The properties of the entity whose values each row holds, in this order.</param>
    /// <returns>For each row, how many rows of the table were changed.</returns>
    public static Task<IReadOnlyList<int>> ExecuteForEachAsync<T>(
        this ArmTwitchDb db, string statement, IReadOnlyList<string> properties, IEnumerable<object?[]> rows,
        CancellationToken cancellationToken) =>
        db.ExecuteForEachAsync(RowStatement.OfValues(db.EntityOf<T>(), statement, properties), rows, cancellationToken);

    /// <inheritdoc cref="EntityOf(ArmTwitchDb, Type)"/>
    public static IEntityType EntityOf<T>(this ArmTwitchDb db) => db.EntityOf(typeof(T));

    /// <exception cref="ArgumentException">It is no entity of the model.</exception>
    public static IEntityType EntityOf(this ArmTwitchDb db, Type type) =>
        db.Model.FindEntityType(type) ?? throw new ArgumentException($"{type.Name} is not kept", nameof(type));

    private static async Task<IReadOnlyList<int>> ExecuteForEachAsync(
        this ArmTwitchDb db, RowStatement statement, IEnumerable<object> rows, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var runner = new RowStatementRunner(db);
            return await runner.ExecuteAsync(rows.Select(row => (statement, row)), cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
