using ArmTwitch.Data.Availability;

namespace ArmTwitch.Data;

/// <summary>
/// Does the same work at regular intervals while the database is ready. A failure does not stop it. While it lasts it is logged when it
/// begins, when its reason changes and once an hour; that it is over is logged too.
/// </summary>
/// <param name="isAtOnce">Whether the work is first done as soon as the database is ready, and not only after a period.</param>
public abstract partial class PeriodicService(
    TimeSpan period, DatabaseInitializer database, TimeProvider clock, bool isAtOnce = false) : BackgroundService
{
    private readonly LastingFaults faults = new(clock);

    protected TimeProvider Clock => clock;

    protected abstract ILogger Logger { get; }

    protected abstract Task RunOnceAsync(CancellationToken stoppingToken);

    /// <summary>Called for the first failure of several alike, and once an hour.</summary>
    protected abstract void LogFailure(Exception failed);

    /// <summary>Does a part of the work, so that its failure holds up none of the others.</summary>
    /// <param name="part">Its name in the log; null for all of the work.</param>
    /// <param name="logFailure">Called for the first failure of several alike, and once an hour.</param>
    protected async Task TryAsync(
        string? part, Func<CancellationToken, Task> work, Action<Exception> logFailure, CancellationToken stopping)
    {
        var name = part is null ? GetType().Name : $"{GetType().Name} ({part})";
        try
        {
            await work(stopping);
            if (faults.TryEnd(name))
                LogWorksAgain(Logger, name);
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            if (faults.IsWorthALine(name, DatabaseFailureClassifier.CodeOf(failed)))
                logFailure(failed);
        }
    }

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

    private Task TryRunAsync(CancellationToken stopping) =>
        database.IsReady ? TryAsync(part: null, RunOnceAsync, LogFailure, stopping) : Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "{Service} works again")]
    private static partial void LogWorksAgain(ILogger logger, string service);
}
