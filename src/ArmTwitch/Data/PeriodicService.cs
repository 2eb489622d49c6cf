using ArmTwitch.Data.Availability;

namespace ArmTwitch.Data;

/// <summary>
/// Does the same work every so often while the database is ready. A round that fails is told, and the next one comes all the same.
/// </summary>
/// <param name="isAtOnce">Whether the first round comes as soon as the database is ready, and not only after a period.</param>
/// <param name="alsoStopping">Ends the work before the host asks this service to stop.</param>
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
                await TryRoundAsync(stopping);
            while (await timer.WaitForNextTickAsync(stopping))
                await TryRoundAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop; what was on its way is finished.
        }
    }

    private async Task TryRoundAsync(CancellationToken stopping)
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
