namespace ArmTwitch.Moderators.Sessions;

/// <summary>The thread on which a screen reacts and shows what is new.</summary>
/// <remarks>SQLite works on the thread that asks; on that of a screen, nothing else of the screen would go on meanwhile.</remarks>
public static class CircuitThread
{
    /// <summary>Works on another thread than that of the screen, which goes on with the result.</summary>
    public static Task<T> LeaveForAsync<T>(Func<Task<T>> work) => Task.Run(work);

    /// <inheritdoc cref="LeaveForAsync{T}"/>
    public static Task LeaveForAsync(Func<Task> work) => Task.Run(work);
}
