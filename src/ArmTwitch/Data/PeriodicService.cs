using ArmTwitch.Data.Availability;

namespace ArmTwitch.Data;

/// <summary>
/// Does the same work at regular intervals while the database is ready. A failure is logged and does not stop it.
/// </summary>
/// <param name="isAtOnce">Whether the work is first done as soon as the database is ready, and not only after a period.</param>
public abstract class PeriodicService(
    TimeSpan period, DatabaseInitializer database, TimeProvider clock, bool isAtOnce = false) : BackgroundService
{
    protected TimeProvider Clock => clock;

    protected abstract Task RunOnceAsync(CancellationToken stoppingToken);

    protected abstract void LogFailure(Exception failed);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (isAtOnce)
                await database.WhenReadyAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            using var timer = new PeriodicTimer(period, clock);
            if (isAtOnce)
                await TryRunAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryRunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service was told to stop.
        }
    }

    private async Task TryRunAsync(CancellationToken stopping)
    {
        if (!database.IsReady)
            return;
        try
        {
            await RunOnceAsync(stopping);
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            LogFailure(failed);
        }
    }
}
