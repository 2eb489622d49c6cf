using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ArmTwitch.Data.Telemetry;

/// <summary>
/// Counts the rows that are events as they are saved, and so also in the rare transaction that is rolled back afterwards. What is inserted in
/// bulk, an import of subscribers, is no event.
/// </summary>
internal sealed class EventCounterInterceptor : SaveChangesInterceptor
{
    private static readonly Counter<long> Events = SiteTelemetry.Meter.CreateCounter<long>(
        "armtwitch.events", "{event}", "Comments that arrived, decisions, sign-ups and what becomes of subscriptions, by kind.");

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in eventData.Context?.ChangeTracker.Entries<ICountedRow>() ?? [])
        {
            if (entry.State is EntityState.Added)
                Count(entry.Entity);
        }

        return new(result);
    }

    /// <summary>Counts a row that no context saves.</summary>
    internal static void Count(ICountedRow row) => Events.Add(1, new KeyValuePair<string, object?>("event", row.Event));
}
