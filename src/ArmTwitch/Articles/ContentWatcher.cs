using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Articles;

/// <summary>Has the library read again when a file of <c>content/</c> changes.</summary>
public sealed partial class ContentWatcher(ArticleLibrary library, IOptions<ContentOptions> options, ILogger<ContentWatcher> logger) : BackgroundService
{
    /// <summary>How long to wait for the rest of a change: editors write a file in several steps.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(150);

    /// <summary>How often to look although no event came: somebody may have put another folder in the place of the watched one.</summary>
    private static readonly TimeSpan WithoutEvents = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new SemaphoreSlim(0, 1);
        using var files = Directory.Exists(library.Folder) ? new PhysicalFileProvider(library.Folder) : null;
        using var events = files is null ? null : ChangeToken.OnChange(() => files.Watch("**/*"), () => Signal(changed));
        var poll = options.Value.PollSeconds > 0 ? TimeSpan.FromSeconds(options.Value.PollSeconds) : WithoutEvents;

        // What changed between the first load and the watch has sent no event.
        Signal(changed);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await changed.WaitAsync(poll, stoppingToken))
                await Task.Delay(Settle, stoppingToken);
            try
            {
                library.Reload();
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }
        }
    }

    private static void Signal(SemaphoreSlim changed)
    {
        try
        {
            changed.Release();
        }
        catch (Exception tooLate) when (tooLate is SemaphoreFullException or ObjectDisposedException)
        {
            // One signal is enough, and none is needed once the watcher has ended.
        }
    }

    [LoggerMessage(LogLevel.Error, "Reading the content again failed; the next change tries once more")]
    private partial void LogFailed(Exception failed);
}
