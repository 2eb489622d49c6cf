namespace ArmTwitch.Data.Changes;

/// <summary>Gives the notices of PostgreSQL to the rooms that they are for.</summary>
public sealed partial class DatabaseChangeDispatcher(
    IEnumerable<IDatabaseChangeHandler> handlers, ILogger<DatabaseChangeDispatcher> logger)
{
    private readonly ILookup<string, IDatabaseChangeHandler> byTopic = handlers.ToLookup(handler => handler.Topic, StringComparer.Ordinal);

    /// <param name="notice">A topic, and after a space its detail. A newer version of the program may send topics that are not known here.</param>
    public void Dispatch(string notice)
    {
        var (topic, detail) = notice.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space
            ? (notice[..space], notice[(space + 1)..])
            : (notice, "");
        foreach (var handler in byTopic[topic])
            Try(() => handler.Handle(detail));
    }

    /// <summary>Tells every room that it may have missed a notice.</summary>
    public void DispatchMissed()
    {
        foreach (var handler in handlers)
            Try(handler.HandleMissed);
    }

    /// <summary>A handler that throws must not keep the others from being called, nor end the listening.</summary>
    private void Try(Action act)
    {
        try
        {
            act();
        }
#pragma warning disable CA1031 // A handler may throw anything.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            LogFailed(failed);
        }
    }

    [LoggerMessage(LogLevel.Error, "A change in the database could not be handled; a page or a screen may be out of date")]
    private partial void LogFailed(Exception failed);
}
