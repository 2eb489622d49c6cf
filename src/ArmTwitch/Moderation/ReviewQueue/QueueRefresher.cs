using System.Threading.Channels;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Brings an open queue up to date. Many comments may change at once, so it does so at most every 400 ms.</summary>
internal sealed class QueueRefresher
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(400), RetryDelay = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> requests = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that something may have changed.</summary>
    public void Request() => requests.Writer.TryWrite(true);

    /// <summary>Refreshes at each request until the page is closed.</summary>
    /// <param name="refresh">Returns whether it succeeded; if not, it is tried again.</param>
    public async Task RunAsync(Func<Task<bool>> refresh, CancellationToken closed)
    {
        try
        {
            await foreach (var _ in requests.Reader.ReadAllAsync(closed))
            {
                await Task.Delay(Delay, closed);
                if (await refresh())
                    continue;
                await Task.Delay(RetryDelay, closed);
                Request();
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed.
        }
    }
}
