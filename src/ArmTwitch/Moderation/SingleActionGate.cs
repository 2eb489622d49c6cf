namespace ArmTwitch.Moderation;

/// <summary>
/// Runs one action of a screen at a time, so that the result of one action never shows below the comment that another has opened.
/// </summary>
/// <param name="rejected">Called when an action was rejected, once the one that was running has ended.</param>
internal sealed class SingleActionGate(Action rejected)
{
    private Task running = Task.CompletedTask;
    private bool isRejected;

    public bool IsBusy => !running.IsCompleted;

    /// <summary>Counts the actions that were begun, so that a reader outside the gate notices that one came in between.</summary>
    public int Begun { get; private set; }

    /// <summary>Runs an action that decides something, or rejects it while another one runs: it may be meant for another comment.</summary>
    /// <param name="isTold">Whether a rejection is told to the moderator.</param>
    public Task TryAsync(Func<Task> act, bool isTold = true)
    {
        if (!IsBusy)
            return RunAsync(act);
        isRejected |= isTold;
        return Task.CompletedTask;
    }

    /// <summary>Tells that a press was rejected on the way here. A running action first says what it has done.</summary>
    public void Reject()
    {
        isRejected = true;
        if (!IsBusy)
            Tell();
    }

    /// <summary>Runs an action that only shows something, as soon as the running one has ended.</summary>
    public async Task WaitAsync(Func<Task> show)
    {
        await WhenIdleAsync();
        await RunAsync(show);
    }

    /// <summary>Waits until no action runs. What is read from then on has all that the last one did.</summary>
    public async Task WhenIdleAsync()
    {
        while (IsBusy)
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task RunAsync(Func<Task> act)
    {
        Begun++;
        running = act();
        try
        {
            await running;
        }
        finally
        {
            Tell();
        }
    }

    private void Tell()
    {
        if (isRejected)
            rejected();
        isRejected = false;
    }
}
