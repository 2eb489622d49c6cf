using ArmTwitch.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ArmTwitch.Tests.Operations;

/// <summary>Writes a row with every column filled into each table of a SQLite file, whatever entities there are.</summary>
internal static class OneRowForEachTable
{
    private const long Time = 1_764_500_000_123;

    public static async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        await using var db = new SqliteDb(DesignTimeServices.Options<SqliteDb>().UseSqlite($"Data Source={file};Pooling=False").Options);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=ON", cancellationToken);
        var written = new Dictionary<(ITable, string), object>();
        var left = db.Model.GetRelationalModel().Tables.ToList();
        while (left.Count > 0)
        {
            var table = left.First(
                one => one.ForeignKeyConstraints.All(key => key.PrincipalTable == one || !left.Contains(key.PrincipalTable)));
            left.Remove(table);
            await WriteAsync((SqliteConnection)db.Database.GetDbConnection(), table, written, cancellationToken);
        }
    }

    private static async Task WriteAsync(
        SqliteConnection connection, ITable table, Dictionary<(ITable, string), object> written, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Where(column => column.ComputedColumnSql is null).ToList();
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) "
            + $"VALUES ({string.Join(", ", columns.Select((_, place) => $"@p{place}"))})";
        foreach (var (place, column) in columns.Index())
        {
            var value = Value(table, column, written);
            written[(table, column.Name)] = value;
            command.Parameters.AddWithValue($"@p{place}", value);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static object Value(ITable table, IColumn column, Dictionary<(ITable, string), object> written)
    {
        foreach (var key in table.ForeignKeyConstraints)
        {
            if (key.Columns.ToList().FindIndex(one => one == column) is var place and >= 0)
                return key.PrincipalTable == table ? DBNull.Value : written[(key.PrincipalTable, key.PrincipalColumns[place].Name)];
        }

        if (!column.PropertyMappings.Any())
            return """{"zeta": 1.5, "alpha": {"b": [true, null, "é"], "a": "x"}}""";
        var property = column.PropertyMappings[0].Property;
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum)
            return Enum.GetNames(type)[0];
        var kept = column.StoreTypeMapping.Converter?.ProviderClrType ?? type;
        return kept switch
        {
            _ when type == typeof(DateTimeOffset) => Time,
            _ when type != typeof(string) && kept == typeof(string) => "one-row",
            _ when kept == typeof(string) => "öne röw"[..Math.Min("öne röw".Length, property.GetMaxLength() ?? int.MaxValue)],
            _ when kept == typeof(DateOnly) => "2026-11-30",
            _ when kept == typeof(Guid) => Guid.CreateVersion7().ToString().ToUpperInvariant(),
            _ when kept == typeof(byte[]) => new byte[] { 0, 1, 0xFE, 0xFF },
            _ when kept == typeof(bool) => true,
            _ when kept == typeof(double) => 0.1,
            _ => 1_000_000,
        };
    }
}
