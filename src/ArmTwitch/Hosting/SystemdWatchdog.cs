using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace ArmTwitch.Hosting;

/// <summary>
/// Tells systemd's watchdog that the program still gets its turn. A program that hangs for <c>WatchdogSec</c> of the unit is started
/// again (sd_notify(3), systemd.service(5)).
/// </summary>
internal sealed class SystemdWatchdog(ISystemdNotifier systemd, TimeProvider clock) : BackgroundService
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>Beneath a unit of type <c>notify</c>: "ready" and "stopping" at the right moment, and the watchdog.</summary>
    /// <remarks>Not <c>AddSystemd</c>, which would choose the format of the log, too.</remarks>
    public static void Add(IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is null)
            return;
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddSingleton<IHostLifetime, SystemdLifetime>()
            .AddHostedService<SystemdWatchdog>();
    }

    /// <returns>Null when the unit has no watchdog, or has it for another process.</returns>
    internal static TimeSpan? ReadPeriod(string? microseconds, string? process) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var period) && period > 0
        && (process is null || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(period)
            : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (ReadPeriod(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"))
            is not { } period)
            return;
        // Two late ticks in a row are no reason to end a program.
        using var timer = new PeriodicTimer(period / 4, clock);
        do
            systemd.Notify(Alive);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
