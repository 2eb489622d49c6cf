namespace ArmTwitch.Pages.Store;

/// <summary>Packs finished pages tighter, one after the other, while nobody waits for it.</summary>
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
