using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ArmTwitch.Data.Telemetry;

/// <summary>Measures how long each statement takes, on both databases, by what EF ran it for: a query, a save, an update of many rows.</summary>
internal sealed class DatabaseMetricsInterceptor : DbCommandInterceptor
{
    private static readonly Histogram<double> Duration = SiteTelemetry.Durations(
        "armtwitch.database.duration", "How long a statement takes, until its first row.");

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Record(eventData);
        return new(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Record(eventData);
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Record(eventData);
        return new(result);
    }

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Record(eventData, "failed");
        return Task.CompletedTask;
    }

    private static void Record(CommandEndEventData eventData, string result = "done") => Duration.Record(
        eventData.Duration.TotalSeconds,
        new KeyValuePair<string, object?>("source", eventData.CommandSource.ToString()),
        new KeyValuePair<string, object?>("result", result));
}
