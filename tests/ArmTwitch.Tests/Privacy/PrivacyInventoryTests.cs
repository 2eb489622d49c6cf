using System.Text.RegularExpressions;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Privacy;

/// <summary>
/// docs/privacy-inventory.md names every column that can hold something about a person, and says of each what the program does.
/// </summary>
public sealed partial class PrivacyInventoryTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "privacy-inventory.md"));

    private readonly TestSite site = new();

    public void Dispose() => site.Dispose();

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public void Every_text_or_bytes_column_is_in_the_inventory_or_holds_no_personal_data(DatabaseKind database)
    {
        using var other = new TestSite(database: database);
        using var db = other.Database();

        var columns = ColumnsOf(db).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(columns, Listed().Concat(Harmless()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_column_is_both_about_a_person_and_about_nobody() => Assert.Empty(Listed().Intersect(Harmless()));

    [Fact]
    public void The_inventory_says_until_when_in_the_words_of_the_rule()
    {
        var rules = site.Services.GetServices<IRetentionRules>()
            .SelectMany(feature => feature.Rules).ToDictionary(rule => rule.Name, rule => rule.Until);

        Assert.All(
            Rows().Where(row => row.Rule is not "-"),
            row => Assert.Equal((row.Rule, rules.GetValueOrDefault(row.Rule)), (row.Rule, row.Until)));
        Assert.Equal(
            rules.Keys.Order(StringComparer.Ordinal),
            Rows().Select(row => row.Rule).Where(rule => rule is not "-").Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Columns as the database has them: one of a number, a time or an enum cannot hold what somebody typed.</summary>
    private static IEnumerable<string> ColumnsOf(ArmTwitchDb db) =>
        from table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
        from column in table.Columns
        where column.PropertyMappings.Select(mapping => mapping.Property).ToList() is var properties
            && (properties.Count is 0 || properties.Exists(HoldsTyped))
        select $"{table.Name}.{column.Name}";

    private static bool HoldsTyped(IProperty property) =>
        (property.FindTypeMapping()?.Converter?.ProviderClrType ?? property.ClrType) is var kept
        && (kept == typeof(string) || kept == typeof(byte[]))
        && !(Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsEnum;

    private static IEnumerable<(string Columns, string Until, string Rule)> Rows() => TableRow().Matches(Page)
        .Select(row => row.Groups[1].Value.Split('|').Select(cell => cell.Trim()).ToArray())
        .Where(cells => cells[0] is not ("Table" or "Where") && !cells[0].StartsWith("---", StringComparison.Ordinal))
        .Select(cells => cells.Length is 6
            ? (string.Join(' ', cells[1].Split(", ").Select(column => $"{cells[0]}.{column}")), cells[4], cells[5])
            : ("", cells[2], cells[3]));

    private static IEnumerable<string> Listed() =>
        Rows().SelectMany(row => row.Columns.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct();

    private static IEnumerable<string> Harmless() =>
        ColumnName().Matches(Page[Page.IndexOf("## Columns that hold nothing", StringComparison.Ordinal)..])
            .Select(name => name.Groups[1].Value);

    [GeneratedRegex(@"^\| (.+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`([A-Za-z]+\\.[A-Za-z]+)`")]
    private static partial Regex ColumnName();
}
