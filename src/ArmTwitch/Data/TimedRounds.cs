namespace ArmTwitch.Data;

/// <summary>Does the same work every so often while the database is ready. A round that fails is told, and the next one comes all the same.</summary>
public abstract class TimedRounds(TimeSpan period, Database database, TimeProvider clock) : BackgroundService
{
    protected TimeProvider Clock => clock;

    protected abstract Task GoRoundAsync(CancellationToken stoppingToken);

    protected abstract void Tell(Exception failed);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!database.IsReady)
                continue;
            try
            {
                await GoRoundAsync(stoppingToken);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                Tell(failed);
            }
        }
    }
}
