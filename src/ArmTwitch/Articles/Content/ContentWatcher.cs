using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Articles.Content;

/// <summary>
/// Reloads the library when a file of <c>content/</c> changes, and when a day begins (UTC), because articles may appear on it.
/// </summary>
public sealed partial class ContentWatcher(
    ArticleLibrary library, IOptions<ContentOptions> options, TimeProvider clock, ILogger<ContentWatcher> logger) : BackgroundService
{
    /// <summary>How long to wait for the rest of a change: editors write a file in several steps.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(150);

    /// <summary>How often to look although no event came: somebody may have replaced the watched folder.</summary>
    private static readonly TimeSpan WithoutEvents = TimeSpan.FromMinutes(1);

    /// <summary>How often to look when the system refuses to send events.</summary>
    private static readonly TimeSpan WithoutWatch = TimeSpan.FromSeconds(5);

    private int isRefused;

    /// <summary>Opens the folder that is watched; tests give another one.</summary>
    internal Func<string, IFileProvider> Open { private get; init; } = folder => new PhysicalFileProvider(folder);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new SemaphoreSlim(0, 1);
        var files = Directory.Exists(library.Folder) ? Open(library.Folder) : null;
        using var opened = files as IDisposable;
        using var events = files is null ? null : ChangeToken.OnChange(() => Watch(files), () => Signal(changed));

        await using var midnight = AtEachMidnight(() => Signal(changed));

        // Changes between the first load and the start of the watch have sent no event.
        Signal(changed);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await changed.WaitAsync(Poll, stoppingToken))
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

    /// <remarks>
    /// A timer that comes a moment early is set to the same midnight again. When the clock is set to another day, the wait without events
    /// notices.
    /// </remarks>
    private ITimer AtEachMidnight(Action act)
    {
        ITimer? timer = null;
        timer = clock.CreateTimer(
            _ =>
            {
                act();
                timer?.Change(UntilMidnight(), Timeout.InfiniteTimeSpan);
            },
            null, UntilMidnight(), Timeout.InfiniteTimeSpan);
        return timer;

        TimeSpan UntilMidnight()
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return now.Date.AddDays(1) - now;
        }
    }

    /// <summary>Changes when the watch is refused, so it is read again for every wait.</summary>
    private TimeSpan Poll =>
        options.Value.PollSeconds > 0 ? TimeSpan.FromSeconds(options.Value.PollSeconds)
            : Volatile.Read(ref isRefused) is 0 ? WithoutEvents
            : WithoutWatch;

    /// <summary>
    /// Linux limits the watches of each user (fs.inotify.max_user_instances), and other programs may have used them up.
    /// </summary>
    private IChangeToken Watch(IFileProvider files)
    {
        try
        {
            return files.Watch("**/*");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            if (Interlocked.Exchange(ref isRefused, 1) is 0)
                LogPolling(Poll.TotalSeconds, refused.Message);
            return NullChangeToken.Singleton;
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
            // One signal is enough, and none is needed after the watcher has ended.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The system sends no events for changed files; the content is read every {Seconds} s instead: {Why}")]
    private partial void LogPolling(double seconds, string why);

    [LoggerMessage(LogLevel.Error, "Reading the content again failed; the next change tries once more")]
    private partial void LogFailed(Exception failed);
}
