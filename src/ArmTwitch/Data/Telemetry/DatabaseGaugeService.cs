using System.Diagnostics.Metrics;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Telemetry;

/// <summary>Reads the figures of all rooms every 15 seconds, so that whoever asks for metrics never waits for the database.</summary>
public sealed partial class DatabaseGaugeService : PeriodicService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly IDbContextFactory<ArmTwitchDb> databases;
    private readonly IReadOnlyList<IDatabaseGauges> rooms;
    private readonly ILogger<DatabaseGaugeService> logger;
    private volatile IReadOnlyList<GaugeReading> readings = [];

    public DatabaseGaugeService(
        IDbContextFactory<ArmTwitchDb> databases, IEnumerable<IDatabaseGauges> rooms, IMeterFactory meters, DatabaseInitializer database,
        TimeProvider clock, ILogger<DatabaseGaugeService> logger)
        : base(Period, database, clock, isAtOnce: true)
    {
        (this.databases, this.rooms, this.logger) = (databases, [.. rooms], logger);
        var meter = meters.Create(SiteTelemetry.Name);
        foreach (var gauge in this.rooms.SelectMany(room => room.Gauges))
            meter.CreateObservableGauge(gauge.Name, () => Observe(gauge), gauge.Unit, gauge.Description);
    }

    /// <summary>Reads all figures now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = new List<GaugeReading>();
        foreach (var room in rooms)
            all.AddRange(await room.ReadAsync(db, cancellationToken));
        readings = all;
    }

    protected override ILogger Logger => logger;

    protected override Task RunOnceAsync(CancellationToken stoppingToken) => ReadAsync(stoppingToken);

    /// <summary>Old figures would look like a site at rest, so there are none.</summary>
    protected override void LogFailure(Exception failed)
    {
        readings = [];
        LogUnreadable(DatabaseFailureClassifier.CodeOf(failed));
    }

    private IEnumerable<Measurement<double>> Observe(DatabaseGauge gauge) =>
        readings.Where(reading => reading.Gauge == gauge).Select(reading => reading.Label is { } label
            ? new Measurement<double>(reading.Value, label)
            : new Measurement<double>(reading.Value));

    [LoggerMessage(LogLevel.Warning, "The figures for metrics cannot be read from the database ({Code}); they are left out until they can")]
    private partial void LogUnreadable(string code);
}
