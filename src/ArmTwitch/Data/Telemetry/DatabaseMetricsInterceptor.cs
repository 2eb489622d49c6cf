using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ArmTwitch.Data.Telemetry;

/// <summary>Measures how long each statement takes, on both databases.</summary>
internal sealed class DatabaseMetricsInterceptor : DbCommandInterceptor
{
    private const string ReadKind = "read", WriteKind = "write";

    private static readonly Histogram<double> Duration = SiteTelemetry.Meter.CreateHistogram<double>(
        "armtwitch.database.duration", "s", "How long a statement takes, until its first row.");

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Record(eventData, ReadKind);
        return new(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Record(eventData, ReadKind);
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Record(eventData, WriteKind);
        return new(result);
    }

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Duration.Record(eventData.Duration.TotalSeconds, new KeyValuePair<string, object?>("kind", "failed"));
        return Task.CompletedTask;
    }

    private static void Record(CommandExecutedEventData eventData, string kind) =>
        Duration.Record(eventData.Duration.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
}
