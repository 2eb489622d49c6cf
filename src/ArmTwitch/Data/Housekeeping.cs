using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Data;

/// <summary>Deletes what was promised not to be kept: every <see cref="RetentionRule"/> of every feature, every ten minutes.</summary>
public sealed partial class Housekeeping(
    IEnumerable<IRetention> features, IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, Database database, TimeProvider clock, ILogger<Housekeeping> logger)
    : TimedRounds(TimeSpan.FromMinutes(10), database, clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> failing = new();

    /// <summary>The rules that failed in the last round, and since when.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Failing => failing;

    /// <summary>One round. A rule that fails holds up none of the others.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken = default)
    {
        var now = Clock.GetUtcNow();
        foreach (var rule in features.SelectMany(feature => feature.Rules))
            await ApplyAsync(rule, now, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var turn = await gate.EnterAsync(cancellationToken);
        await SqliteMaintenance.TruncateLogAsync(db, cancellationToken);
    }

    protected override Task GoRoundAsync(CancellationToken stoppingToken) => TidyAsync(stoppingToken);

    protected override void Tell(Exception failed) => LogFailed("the log of SQLite", failed);

    private async Task ApplyAsync(RetentionRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var gone = await rule.ApplyAsync(new RetentionRound(db, gate, now), cancellationToken);
            failing.TryRemove(rule.Name, out _);
            if (gone > 0)
                LogGone(rule.Name, gone);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            failing.TryAdd(rule.Name, now);
            LogFailed(rule.Name, failed);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Rule}: {Count} are over and deleted")]
    private partial void LogGone(string rule, int count);

    [LoggerMessage(LogLevel.Error, "What is over could not be deleted ({Rule}); trying again in 10 minutes")]
    private partial void LogFailed(string rule, Exception failed);
}

/// <summary>Says when something is kept longer than was promised.</summary>
internal sealed class HousekeepingHealthCheck(Housekeeping housekeeping) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        housekeeping.Failing is { Count: > 0 } failing
            ? HealthCheckResult.Degraded($"What is over could not be deleted since {failing.Values.Min():yyyy-MM-dd HH:mm} UTC: {string.Join(", ", failing.Keys.Order(StringComparer.Ordinal))}. The log says why.")
            : HealthCheckResult.Healthy());
}
