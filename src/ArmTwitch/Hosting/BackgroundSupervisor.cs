using System.Collections.Concurrent;
using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Hosting;

/// <summary>
/// Restarts every <see cref="BackgroundService"/> that fails, after a growing delay, and logs the failure as critical. New services are
/// found by themselves.
/// </summary>
/// <remarks>Without it the host would stop the whole site, readers' pages too.</remarks>
internal sealed partial class BackgroundSupervisor(
    IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<BackgroundSupervisor> logger) : IHostedLifecycleService, IHealthCheck
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>After this long without another failure a service counts as healthy.</summary>
    private static readonly TimeSpan Sound = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> faults = new();

    /// <summary>All services have been started by now.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<BackgroundService>())
            _ = WatchAsync(service, lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var since = clock.GetUtcNow() - Sound;
        var recent = faults.Where(fault => fault.Value > since)
            .Select(fault => $"{fault.Key} failed at {fault.Value:HH:mm:ss} UTC").Order(StringComparer.Ordinal).ToList();
        return Task.FromResult(recent.Count is 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"{string.Join(", ", recent)}. It is started again; the log tells why it failed."));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WatchAsync(BackgroundService service, CancellationToken stopping)
    {
        var (name, pause, begun) = (service.GetType().Name, FirstPause, clock.GetTimestamp());
        while (await FaultOfAsync(service.ExecuteTask) is { } fault && !stopping.IsCancellationRequested)
        {
            if (clock.GetElapsedTime(begun) > Sound)
                pause = FirstPause;
            faults[name] = clock.GetUtcNow();
            LogFault(name, DatabaseFailureClassifier.CodeOf(fault), pause.TotalSeconds, PlaceOf(fault));
            await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                return;
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            begun = clock.GetTimestamp();
            await FaultOfAsync(service.StartAsync(stopping));
        }
    }

    /// <summary>Where it failed, without the exception's message, which may hold personal data.</summary>
    private static string? PlaceOf(Exception fault) => DatabaseFailureClassifier.IsOutage(fault)
        ? fault.StackTrace?.Split('\n').FirstOrDefault(frame => frame.Contains($" {nameof(ArmTwitch)}.", StringComparison.Ordinal))?.Trim()
        : fault.StackTrace;

    private static async Task<Exception?> FaultOfAsync(Task? run)
    {
        try
        {
            await (run ?? Task.CompletedTask);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    [LoggerMessage(
        LogLevel.Critical, "The background service {Service} failed ({Code}) and is started again in {Seconds} s. It failed {Place}")]
    private partial void LogFault(string service, string code, double seconds, string? place);
}
