using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Data;

/// <summary>How SQLite finds what a query asks for: whether it is quick does not depend on how much there is.</summary>
internal static class QueryPlan
{
    /// <returns>The steps of the plan.</returns>
    public static async Task<IReadOnlyList<string>> PlanAsync<T>(this ArmTwitchDb db, IQueryable<T> query)
    {
        var cancel = Xunit.TestContext.Current.CancellationToken;
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = query.CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var steps = new List<string>();
        while (await reader.ReadAsync(cancel))
            steps.Add(reader.GetString(3));
        return steps;
    }
}
