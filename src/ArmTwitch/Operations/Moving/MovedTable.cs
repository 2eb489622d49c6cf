using System.Data.Common;
using System.Reflection;
using System.Text.Json.Nodes;
using ArmTwitch.Data;
using ArmTwitch.Data.UnicodeForms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ArmTwitch.Operations.Moving;

/// <summary>A table of the model as both databases have it: a new entity cannot be forgotten.</summary>
internal sealed class MovedTable
{
    private MovedTable(ITable source, ITable target)
    {
        Name = source.Name;
        Columns =
        [
            .. from column in source.Columns
               where column.ComputedColumnSql is null
               let other = target.FindColumn(column.Name) ?? throw Differs(source.Name)
               select new MovedColumn(column, other),
        ];
        if (target.Columns.Count() != source.Columns.Count())
            throw Differs(source.Name);
        OwnReference = source.ForeignKeyConstraints.SingleOrDefault(key => key.PrincipalTable == source)?.Columns.Single().Name;
    }

    public string Name { get; }

    public IReadOnlyList<MovedColumn> Columns { get; }

    /// <summary>The column that names another row of the same table, which has to be there first; null for none.</summary>
    public string? OwnReference { get; }

    /// <summary>All tables of the model, each after those that it refers to.</summary>
    public static IReadOnlyList<MovedTable> All(ArmTwitchDb source, ArmTwitchDb target)
    {
        var there = target.Model.GetRelationalModel().Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        var left = source.Model.GetRelationalModel().Tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<ITable>();
        while (left.Count > 0)
        {
            var next = left.Find(table => table.ForeignKeyConstraints.All(
                    key => key.PrincipalTable == table || ordered.Contains(key.PrincipalTable)))
                ?? throw new InvalidOperationException("Tables refer to each other in a circle");
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered.Count == there.Count
            ? [.. ordered.Select(table => new MovedTable(table, there.GetValueOrDefault(table.Name) ?? throw Differs(table.Name)))]
            : throw new InvalidOperationException("The two databases have different tables");
    }

    private static InvalidOperationException Differs(string table) => new($"The two databases have a different table {table}");
}

/// <summary>A column, and how each database writes the same value.</summary>
internal sealed class MovedColumn(IColumn source, IColumn target)
{
    public string Name => source.Name;

    /// <summary>
    /// The values of rows in either database, as one and the same kind of value. SQLite may hold a text that PostgreSQL refuses, from an
    /// older version.
    /// </summary>
    public object? ReadSource(DbDataReader reader, int place) =>
        Read(source, reader, place) is var value && value is string text ? StorableText.Of(text) : value;

    /// <inheritdoc cref="ReadSource"/>
    public object? ReadTarget(DbDataReader reader, int place) => Read(target, reader, place);

    /// <summary>The value as a parameter of a statement for the target.</summary>
    public DbParameter TargetParameter(DbCommand command, object? value) =>
        target.StoreTypeMapping.CreateParameter(command, $"@{target.Name}", value, nullable: true);

    /// <summary>The value in the form that the source keeps, in which both are compared.</summary>
    public object? Comparable(object? value) => value switch
    {
        null => null,
        _ when IsJson => Canonical(JsonNode.Parse((string)value)),
        _ => source.StoreTypeMapping.Converter is { } converter ? converter.ConvertToProvider(value) : value,
    };

    /// <summary>Part of an entity that is kept as JSON in one column, which belongs to no property.</summary>
    private bool IsJson => !source.PropertyMappings.Any();

    private object? Read(IColumn column, DbDataReader reader, int place)
    {
        if (reader.IsDBNull(place))
            return null;
        if (IsJson)
            return reader.GetString(place);
        var mapping = column.StoreTypeMapping;
        try
        {
            var kept = mapping.GetDataReaderMethod().Invoke(reader, [place]);
            return mapping.Converter is { } converter ? converter.ConvertFromProvider(kept) : kept;
        }
        catch (Exception unreadable) when (unreadable is TargetInvocationException or FormatException or ArgumentException)
        {
            throw new DatabaseMoveException($"The column {column.Name} of the table {column.Table.Name} holds a value that the program "
                + "could not have written. Mend it first.");
        }
    }

    /// <summary>PostgreSQL keeps members of JSON in an order of its own.</summary>
    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject all => string.Join(
            ',', all.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{{{one.Key.Length}:{one.Key}={Canonical(one.Value)}}}")),
        JsonArray list => $"[{string.Join(',', list.Select(Canonical))}]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
