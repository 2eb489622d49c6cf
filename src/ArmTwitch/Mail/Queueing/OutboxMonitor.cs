using ArmTwitch.Data.Clocks;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// Notices that mails are due and none leaves, whatever the cause. It reads the table only, and so also finds a sender that hangs without
/// reporting a fault.
/// </summary>
public sealed partial class OutboxMonitor(
    Outbox outbox, IOptions<MailOptions> options, ClockComparison clocks, TimeProvider clock, ILogger<OutboxMonitor> logger)
    : IDisposable
{
    /// <summary>How often the table is read.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim mutex = new(1);
    private long? checkedAt;
    private long quietSince;
    private DateTimeOffset lastCheck = clocks.SharedNow;
    private bool wereDue;

    private string? stallMessage;

    /// <summary>What was due at the last look.</summary>
    internal OutboxBacklog LastBacklog { get; private set; }

    /// <summary>Reads the table, unless that was done within <see cref="Period"/>.</summary>
    /// <returns>What is wrong, for an operator; null when mails leave.</returns>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken = default)
    {
        await mutex.WaitAsync(cancellationToken);
        try
        {
            if (checkedAt is not { } then || clock.GetElapsedTime(then) >= Period)
                await RefreshAsync(cancellationToken);
            return stallMessage;
        }
        finally
        {
            mutex.Release();
        }
    }

    public void Dispose() => mutex.Dispose();

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (now, at) = (clocks.SharedNow, clock.GetTimestamp());
        var due = await outbox.CountDueAsync(lastCheck, cancellationToken);
        LastBacklog = due;
        if (due.Count is 0 || due.HasLeft || !wereDue)
            quietSince = at;
        (lastCheck, checkedAt, wereDue) = (now, at, due.Count > 0);
        var (quiet, wasStalled) = (clock.GetElapsedTime(quietSince, at), stallMessage is not null);
        if (quiet < options.Value.StalledAfter)
        {
            stallMessage = null;
            if (wasStalled)
                LogOver(due.Count);
            return;
        }

        var (minutes, oldest) = ((int)quiet.TotalMinutes, (int)(now - due.Oldest).TotalMinutes);
        stallMessage = $"{(due.Count is 1 ? "1 mail is" : $"{due.Count} mails are")} due and none has left for {minutes} minutes; the "
            + $"oldest was queued {oldest} minutes ago. "
            + "Try 'mail test ADDRESS', and look at the log for what the mail server or the database says.";
        if (!wasStalled)
            LogStall(stallMessage);
    }

    [LoggerMessage(LogLevel.Warning, "The mail has stopped. {Stall}")]
    private partial void LogStall(string stall);

    [LoggerMessage(LogLevel.Information, "The mail goes on; {Count} mails are due")]
    private partial void LogOver(int count);
}
