using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Hosting.Telemetry;

/// <summary>
/// Runs the health checks every 15 seconds and keeps what they said as a figure: a degraded site answers 200 at <c>/health/ready</c>, and
/// whoever asks for metrics never waits for a check.
/// </summary>
internal sealed class HealthGaugeService : BackgroundService
{
    /// <summary>The first pages of a start get the processor to themselves, and the database is mostly ready then.</summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly HealthCheckService checks;
    private readonly TimeProvider clock;
    private volatile IReadOnlyList<Measurement<int>> readings = [];

    public HealthGaugeService(IMeterFactory meters, HealthCheckService checks, TimeProvider clock)
    {
        (this.checks, this.clock) = (checks, clock);
        meters.Create(SiteTelemetry.Name).CreateObservableGauge(
            "armtwitch.health", () => readings, description: "What each health check says: 0 healthy, 1 degraded, 2 unhealthy.");
    }

    /// <summary>Runs the checks now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken = default)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        readings =
        [
            .. report.Entries.Select(entry => new Measurement<int>(
                FigureOf(HealthEndpoints.StatusOf(entry.Value)), KeyValuePair.Create<string, object?>("check", entry.Key))),
        ];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(StartDelay, clock, stoppingToken);
            using var timer = new PeriodicTimer(Period, clock);
            do
                await ReadAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service was told to stop.
        }
    }

    private static int FigureOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => 0,
        HealthStatus.Degraded => 1,
        _ => 2,
    };
}
