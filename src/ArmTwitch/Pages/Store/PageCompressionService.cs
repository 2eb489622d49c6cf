namespace ArmTwitch.Pages.Store;

/// <summary>
/// Compresses stored pages with the best quality, one after the other, in the background. It takes several times as long as making a page,
/// so a page that is soon made anew is left out: one whose comments are just being approved, for instance.
/// </summary>
public sealed class PageCompressionService(PageStore store, TimeProvider clock) : BackgroundService
{
    /// <summary>How long a page has to be stored first.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (address, storedAt) in store.AwaitingCompression.ReadAllAsync(stoppingToken))
        {
            if (storedAt + Rest - clock.GetUtcNow() is { Ticks: > 0 } wait)
                await Task.Delay(wait, clock, stoppingToken);
            if (store.FindSince(address, storedAt) is { } page)
                await Task.Run(page.CompressSmaller, stoppingToken);
        }
    }
}
