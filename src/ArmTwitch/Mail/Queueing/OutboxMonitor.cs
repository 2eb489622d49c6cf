using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Queueing;

/// <summary>
/// Looks at the outbox itself, whatever the sender and the route say of themselves: when mails are due and none leaves, something has
/// stopped, known or unknown.
/// </summary>
public sealed partial class OutboxMonitor(Outbox outbox, IOptions<MailOptions> options, TimeProvider clock, ILogger<OutboxMonitor> logger)
    : IDisposable
{
    /// <summary>How often it looks.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1);
    private long? lookedAt;
    private long quietSince;
    private DateTimeOffset lastLook = clock.GetUtcNow();
    private bool wereDue;

    /// <summary>What has stopped, in words for an operator; null when nothing has, as far as the last look knows.</summary>
    private string? StallMessage { get; set; }

    /// <summary>Looks, unless somebody has just done so.</summary>
    /// <returns>What has stopped, in words for an operator; null when nothing has.</returns>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (lookedAt is not { } then || clock.GetElapsedTime(then) >= Period)
                await RefreshAsync(cancellationToken);
            return StallMessage;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (now, at) = (clock.GetUtcNow(), clock.GetTimestamp());
        var due = await outbox.CountDueAsync(lastLook, cancellationToken);
        if (due.Count is 0 || due.HasLeft || !wereDue)
            quietSince = at;
        (lastLook, lookedAt, wereDue) = (now, at, due.Count > 0);
        var (quiet, wasStalled) = (clock.GetElapsedTime(quietSince, at), StallMessage is not null);
        if (quiet < options.Value.StalledAfter)
        {
            StallMessage = null;
            if (wasStalled)
                LogOver(due.Count);
            return;
        }

        var (minutes, oldest) = ((int)quiet.TotalMinutes, (int)(now - due.Oldest).TotalMinutes);
        StallMessage = $"{(due.Count is 1 ? "1 mail is" : $"{due.Count} mails are")} due and none has left for {minutes} minutes; the oldest was queued {oldest} minutes ago. "
            + "Try 'mail test ADDRESS', and look at the log for what the mail server or the database says.";
        if (!wasStalled)
            LogStall(StallMessage);
    }

    [LoggerMessage(LogLevel.Warning, "The mail has stopped. {Stall}")]
    private partial void LogStall(string stall);

    [LoggerMessage(LogLevel.Information, "The mail goes on; {Count} mails are due")]
    private partial void LogOver(int count);
}
