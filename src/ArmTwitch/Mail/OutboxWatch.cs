using ArmTwitch.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail;

/// <summary>
/// Looks at the outbox itself, whatever the sender and the route say of themselves: when mails are due and none leaves, something has
/// stopped, known or unknown.
/// </summary>
public sealed partial class OutboxWatch(Outbox outbox, IOptions<MailOptions> options, TimeProvider clock, ILogger<OutboxWatch> logger) : IDisposable
{
    /// <summary>How often it looks.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1);
    private long? lookedAt;
    private long quietSince;
    private DateTimeOffset lastLook = clock.GetUtcNow();
    private bool wereDue;

    /// <summary>What has stopped, in words for an operator; null when nothing has, as far as the last look knows.</summary>
    private string? Stall { get; set; }

    /// <summary>Looks, unless somebody has just done so.</summary>
    /// <returns>What has stopped, in words for an operator; null when nothing has.</returns>
    public async Task<string?> LookAsync(CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (lookedAt is not { } then || clock.GetElapsedTime(then) >= Period)
                await LookAnewAsync(cancellationToken);
            return Stall;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task LookAnewAsync(CancellationToken cancellationToken)
    {
        var (now, at) = (clock.GetUtcNow(), clock.GetTimestamp());
        var due = await outbox.CountDueAsync(lastLook, cancellationToken);
        if (due.Count is 0 || due.HasLeft || !wereDue)
            quietSince = at;
        (lastLook, lookedAt, wereDue) = (now, at, due.Count > 0);
        var (quiet, wasStalled) = (clock.GetElapsedTime(quietSince, at), Stall is not null);
        if (quiet < options.Value.StalledAfter)
        {
            Stall = null;
            if (wasStalled)
                LogOver(due.Count);
            return;
        }

        var (minutes, oldest) = ((int)quiet.TotalMinutes, (int)(now - due.Oldest).TotalMinutes);
        Stall = $"{(due.Count is 1 ? "1 mail is" : $"{due.Count} mails are")} due and none has left for {minutes} minutes; the oldest was queued {oldest} minutes ago. "
            + "Try 'mail test ADDRESS', and look at the log for what the mail server or the database says.";
        if (!wasStalled)
            LogStall(Stall);
    }

    [LoggerMessage(LogLevel.Warning, "The mail has stopped. {Stall}")]
    private partial void LogStall(string stall);

    [LoggerMessage(LogLevel.Information, "The mail goes on; {Count} mails are due")]
    private partial void LogOver(int count);
}

/// <summary>Has the watch look also when nobody asks for the program's health.</summary>
internal sealed partial class OutboxRounds(OutboxWatch watch, Database database, TimeProvider clock, ILogger<OutboxRounds> logger) : TimedRounds(OutboxWatch.Period, database, clock)
{
    protected override Task GoRoundAsync(CancellationToken stoppingToken) => watch.LookAsync(stoppingToken);

    protected override void Tell(Exception failed) => LogUnreadable(DatabaseFailure.CodeOf(failed));

    [LoggerMessage(LogLevel.Warning, "The outbox cannot be read ({Code}); whether mails leave is not known")]
    private partial void LogUnreadable(string code);
}

/// <summary>Mails that wait without moving are worth a look; the site serves on.</summary>
internal sealed class OutboxHealthCheck(OutboxWatch watch) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await watch.LookAsync(cancellationToken) is { } stall ? HealthCheckResult.Degraded(stall) : HealthCheckResult.Healthy();
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            return HealthCheckResult.Degraded($"The outbox cannot be read ({DatabaseFailure.CodeOf(failed)}).");
        }
    }
}
