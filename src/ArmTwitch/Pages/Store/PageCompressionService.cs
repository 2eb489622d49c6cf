namespace ArmTwitch.Pages.Store;

/// <summary>Compresses stored pages with the best quality, one after the other, in the background.</summary>
public sealed class PageCompressionService(PageStore store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var address in store.AwaitingCompression.ReadAllAsync(stoppingToken))
        {
            if (store.Find(address) is { } page)
                await Task.Run(page.CompressSmaller, stoppingToken);
        }
    }
}
