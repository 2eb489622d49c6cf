using System.Data.Common;
using System.Runtime.CompilerServices;
using ArmTwitch.Data.UnicodeForms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ArmTwitch.Data.Bulk;

/// <summary>A statement that is executed for rows, each of which has the values of its parameters.</summary>
internal sealed class RowStatement
{
    private static readonly ConditionalWeakTable<IEntityType, RowStatement> Inserts = [];

    private readonly (string Name, RelationalTypeMapping Mapping, Func<object, object?> Read)[] columns;

    private RowStatement(string text, (string Name, RelationalTypeMapping Mapping, Func<object, object?> Read)[] columns) =>
        (Text, this.columns) = (text, columns);

    /// <summary>SQL for both databases; <c>@Name</c> is the value of the property of that name.</summary>
    public string Text { get; }

    /// <summary>Inserts an entity. What the database works out, a key of type <c>long</c> too, is left to it.</summary>
    public static RowStatement ToInsert(IEntityType entity) => Inserts.GetValue(entity, NewInsert);

    /// <summary>A statement for rows that are arrays of values.</summary>
    /// <param name="properties">The properties of the entity whose values each row holds, in this order.</param>
    /// <exception cref="ArgumentException">The entity has no such property.</exception>
    public static RowStatement OfValues(IEntityType entity, string text, IReadOnlyList<string> properties) => new(
        text,
        [
            .. properties.Select((name, place) => ColumnOf(
                entity.FindProperty(name) ?? throw new ArgumentException($"There is no {name}", nameof(properties)),
                row => ((object?[])row)[place])),
        ]);

    /// <returns>The same, which leaves out rows that a unique index refuses.</returns>
    public RowStatement SkippingExisting() => new($"{Text} ON CONFLICT DO NOTHING", columns);

    /// <param name="command">A command of the connection, which makes the parameters.</param>
    public void Fill(DbCommand command, DbParameterCollection parameters, object row)
    {
        foreach (var (name, mapping, read) in columns)
        {
            var parameter = mapping.CreateParameter(command, name, read(row), nullable: true);
            StorableText.Clean(parameter);
            parameters.Add(parameter);
        }
    }

    private static RowStatement NewInsert(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        IProperty[] properties = [.. entity.GetProperties().Where(property =>
            property.GetComputedColumnSql(table) is null && !(property.IsPrimaryKey() && property.ClrType == typeof(long)))];
        return new(
            $"""
            INSERT INTO "{table.Name}" ({string.Join(", ", properties.Select(property => $"\"{property.GetColumnName(table)}\""))})
            VALUES ({string.Join(", ", properties.Select(property => $"@{property.Name}"))})
            """,
            [.. properties.Select(property => ColumnOf(property, property.GetGetter().GetClrValue))]);
    }

    private static (string Name, RelationalTypeMapping Mapping, Func<object, object?> Read) ColumnOf(
        IProperty property, Func<object, object?> read) => ($"@{property.Name}", property.GetRelationalTypeMapping(), read);
}
