namespace ArmTwitch.Pages;

/// <summary>Packs finished pages tighter, one after the other, while nobody waits for it.</summary>
public sealed class PagePacker(PageStore store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var address in store.ToPack.ReadAllAsync(stoppingToken))
        {
            if (store.Find(address) is { } page)
                await Task.Run(page.PackTighter, stoppingToken);
        }
    }
}
