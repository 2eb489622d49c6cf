namespace ArmTwitch.Moderation.QueueState;

/// <summary>
/// Lets a screen do one thing at a time, so that what comes back from one act never shows below the comment that another has opened.
/// </summary>
/// <param name="refused">Says that an act was not taken; called once the act that was under way is over.</param>
internal sealed class SingleActionGate(Action refused)
{
    private Task underWay = Task.CompletedTask;
    private bool isHurried;

    public bool IsBusy => !underWay.IsCompleted;

    /// <summary>Counts what was begun. Who reads without a turn sees by it that something came in between.</summary>
    public int Turns { get; private set; }

    /// <summary>Does what decides something. While another act is under way it is not taken: it may be meant for another comment.</summary>
    public Task TryAsync(Func<Task> act, bool isTold = true)
    {
        if (!IsBusy)
            return RunAsync(act);
        isHurried |= isTold;
        return Task.CompletedTask;
    }

    /// <summary>Does what only shows something, as soon as the act that is under way is over.</summary>
    public async Task WaitAsync(Func<Task> show)
    {
        while (IsBusy)
            await underWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await RunAsync(show);
    }

    private async Task RunAsync(Func<Task> act)
    {
        Turns++;
        underWay = act();
        try
        {
            await underWay;
        }
        finally
        {
            if (isHurried)
                refused();
            isHurried = false;
        }
    }
}
