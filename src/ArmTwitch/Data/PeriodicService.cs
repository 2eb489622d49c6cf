using ArmTwitch.Data.Availability;

namespace ArmTwitch.Data;

/// <summary>
/// Does the same work at regular intervals while the database is ready. A failure is logged and does not stop it.
/// </summary>
/// <param name="isAtOnce">Whether the work is first done as soon as the database is ready, and not only after a period.</param>
/// <param name="alsoStopping">A second token that ends the service.</param>
public abstract class PeriodicService(
    TimeSpan period, DatabaseInitializer database, TimeProvider clock, bool isAtOnce = false,
    CancellationToken alsoStopping = default) : BackgroundService
{
    protected TimeProvider Clock => clock;

    protected abstract Task RunOnceAsync(CancellationToken stoppingToken);

    protected abstract void LogFailure(Exception failed);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, alsoStopping);
        var stopping = either.Token;
        try
        {
            if (isAtOnce)
                await database.WhenReadyAsync(Timeout.InfiniteTimeSpan, stopping);
            using var timer = new PeriodicTimer(period, clock);
            if (isAtOnce)
                await TryRunAsync(stopping);
            while (await timer.WaitForNextTickAsync(stopping))
                await TryRunAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
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
