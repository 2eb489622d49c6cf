namespace ArmTwitch.Search;

/// <summary>
/// Makes the index in the background of a start, so that the first query need not wait for it, and anew after it has failed.
/// </summary>
internal sealed class SearchPreparation(ArticleSearch search, TimeProvider clock) : BackgroundService
{
    /// <summary>The first pages of a start get the processor to themselves for so long.</summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(StartDelay, clock, stoppingToken);
        using var retries = new PeriodicTimer(ArticleSearch.RetryDelay, clock);
        do
            await search.Prepare().WaitAsync(stoppingToken);
        while (await retries.WaitForNextTickAsync(stoppingToken));
    }
}
