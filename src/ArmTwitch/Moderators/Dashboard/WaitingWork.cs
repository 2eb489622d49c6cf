namespace ArmTwitch.Moderators.Dashboard;

/// <summary>How soon somebody should look.</summary>
public enum WaitingUrgency
{
    /// <summary>Before anything else: somebody may be in danger, or something has stopped.</summary>
    Now,

    /// <summary>Somebody outside waits for it.</summary>
    Today,

    /// <summary>In the next days.</summary>
    Later,
}

/// <summary>One kind of work that waits.</summary>
/// <param name="One">What waits, in a few words that stand behind the number 1.</param>
/// <param name="Many">The same behind any other number.</param>
/// <param name="Count">0 when nothing waits.</param>
/// <param name="Address">The screen on which it is done.</param>
/// <param name="Note">More about it, such as since when the oldest waits; null for nothing.</param>
public sealed record WaitingWork(string One, string Many, int Count, string Address, WaitingUrgency Urgency, string? Note = null)
{
    public string Title => Count is 1 ? One : Many;
}
