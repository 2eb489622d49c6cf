using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ArmTwitch.Data.Bulk;

/// <summary>The statement that inserts one row of an entity. What the database works out, a key of type <c>long</c> too, is left to it.</summary>
internal sealed class InsertStatement
{
    private static readonly ConditionalWeakTable<IEntityType, InsertStatement> Made = [];

    private readonly (string Name, Func<object, object?> Read, Func<DbCommand, object?, DbParameter> NewParameter)[] columns;

    private InsertStatement(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        IProperty[] properties = [.. entity.GetProperties().Where(property =>
            property.GetComputedColumnSql(table) is null && !(property.IsPrimaryKey() && property.ClrType == typeof(long)))];
        Text = $"""
            INSERT INTO "{table.Name}" ({string.Join(", ", properties.Select(property => $"\"{property.GetColumnName(table)}\""))})
            VALUES ({string.Join(", ", properties.Select(property => $"@{property.Name}"))})
            """;
        columns = [.. properties.Select(property =>
        {
            var (getter, mapping, name) = (property.GetGetter(), property.GetRelationalTypeMapping(), $"@{property.Name}");
            return (property.Name, (Func<object, object?>)getter.GetClrValue,
                (Func<DbCommand, object?, DbParameter>)((command, value) => mapping.CreateParameter(command, name, value, nullable: true)));
        })];
    }

    /// <summary>SQL for both databases; <c>@Name</c> is the value of the property of that name.</summary>
    public string Text { get; }

    /// <summary>The properties whose values it takes.</summary>
    public IReadOnlyList<string> Properties => [.. columns.Select(column => column.Name)];

    public static InsertStatement Of(IEntityType entity) => Made.GetValue(entity, one => new InsertStatement(one));

    /// <returns>The values of the <see cref="Properties"/>.</returns>
    public object?[] ValuesOf(object row) => [.. columns.Select(column => column.Read(row))];

    /// <param name="command">A command of the connection, which makes the parameters.</param>
    public void Fill(DbCommand command, DbParameterCollection parameters, object row)
    {
        foreach (var (_, read, newParameter) in columns)
            parameters.Add(newParameter(command, read(row)));
    }
}
