using System.Collections.Concurrent;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Clocks;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Retention;

/// <summary>Applies every <see cref="RetentionRule"/> of every feature, every ten minutes.</summary>
public sealed partial class RetentionService(
    IEnumerable<IRetentionRules> features, IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing,
    ClockComparison clocks, DatabaseInitializer database, TimeProvider clock, ILogger<RetentionService> logger)
    : PeriodicService(TimeSpan.FromMinutes(10), database, clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> failing = new();

    /// <summary>The rules that failed the last time, and since when.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FailingRules => failing;

    /// <summary>Applies all rules once, unless the clock is wrong. A rule that fails holds up none of the others.</summary>
    public async Task ApplyRulesAsync(CancellationToken cancellationToken = default)
    {
        if (!await clocks.AgreeAsync(cancellationToken))
            return;
        var now = Clock.GetUtcNow();
        foreach (var rule in features.SelectMany(feature => feature.Rules))
            await ApplyAsync(rule, now, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var turn = await writing.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        await SqliteMaintenance.TruncateLogAsync(db, cancellationToken);
    }

    protected override ILogger Logger => logger;

    protected override Task RunOnceAsync(CancellationToken stoppingToken) => ApplyRulesAsync(stoppingToken);

    protected override void LogFailure(Exception failed) => LogFailed("the clock of PostgreSQL or the log of SQLite", failed);

    private Task ApplyAsync(RetentionRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        return TryAsync(rule.Name, DeleteAsync, KeepFailure, cancellationToken);

        async Task DeleteAsync(CancellationToken stopping)
        {
            await using var db = await databases.CreateDbContextAsync(stopping);
            var gone = await rule.ApplyAsync(new RetentionContext(db, writing, now), stopping);
            failing.TryRemove(rule.Name, out _);
            if (gone > 0)
                LogGone(rule.Name, gone);
        }

        void KeepFailure(Exception failed)
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
