using System.Threading.Channels;
using ArmTwitch.Mail.Queueing;

namespace ArmTwitch.Mail.Sending;

/// <summary>The results of mails that were on their way. Any thread adds to it; one reader counts, waits and takes.</summary>
internal sealed class MailResultQueue(TimeProvider clock)
{
    private readonly Channel<MailSendResult> results = Channel.CreateUnbounded<MailSendResult>();
    private volatile CountWaiter? waiter;

    /// <summary>How many results have not been taken yet, together with those still to come.</summary>
    public int PendingCount { get; private set; }

    /// <summary>How many results can be taken.</summary>
    public int Count => results.Reader.Count;

    /// <summary>Announces one result.</summary>
    public void Expect() => PendingCount++;

    public void Add(MailSendResult result)
    {
        results.Writer.TryWrite(result);
        if (waiter is { } waiting && Count >= waiting.Count)
            waiting.Reached.TrySetResult();
    }

    /// <summary>Takes the results that are there.</summary>
    public IReadOnlyList<MailSendResult> TakeAll()
    {
        var taken = new List<MailSendResult>();
        while (results.Reader.TryRead(out var result))
            taken.Add(result);
        PendingCount -= taken.Count;
        return taken;
    }

    /// <summary>Waits for one result, at most this long.</summary>
    public async Task WaitForAnyAsync(TimeSpan patience)
    {
        using var enough = new CancellationTokenSource(patience, clock);
        Task result = results.Reader.WaitToReadAsync(enough.Token).AsTask();
        await result.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits for so many results, at most this long by the machine's own clock.</summary>
    public async Task WaitForAsync(int count, TimeSpan patience)
    {
        var waiting = waiter = new CountWaiter(count, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Count < count)
            await waiting.Reached.Task.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        waiter = null;
    }

    private sealed record CountWaiter(int Count, TaskCompletionSource Reached);
}
