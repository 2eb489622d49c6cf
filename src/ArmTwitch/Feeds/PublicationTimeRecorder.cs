using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Pages.Store;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Feeds;

/// <summary>
/// Remembers when an article was first shown, if that was on the day that its file names. A feed reader that asked in the morning
/// would take an article of the afternoon for an old one if it said midnight. All replicas tell the same time.
/// </summary>
internal sealed partial class PublicationTimeRecorder(
    ArticleLibrary library, IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, WriteTransactionFactory writing,
    PageStore store, TimeProvider clock, ILogger<PublicationTimeRecorder> logger)
    : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim changed = new(1, 1);
    private volatile Dictionary<string, DateTimeOffset> known = [];

    /// <returns>Midnight of the day (UTC) when nothing is known of the hour.</returns>
    public DateTimeOffset PublishedAt(Article article, ContentSnapshot content) =>
        known.TryGetValue(FeedEntryIds.ForArticle(article, content), out var at) ? at : Midnight(article.PublishedOn);

    public static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Notes the articles of today that nobody has noted, and takes over what others noted.</summary>
    public async Task UpdateAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await RecordAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another replica has just noted the same article. Its time counts.
            await RecordAsync(cancellationToken);
        }
    }

    private async Task RecordAsync(CancellationToken cancellationToken)
    {
        var (content, now) = (library.Current, clock.GetUtcNow());
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var ids = content.Latest.Where(article => article.PublishedOn == today)
            .Select(article => FeedEntryIds.ForArticle(article, content)).ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var times = await db.Set<PublicationTime>().AsNoTracking()
            .ToDictionaryAsync(one => one.ArticleId, one => one.At, StringComparer.Ordinal, cancellationToken);
        foreach (var id in ids.Where(id => !times.ContainsKey(id)))
        {
            db.Add(new PublicationTime { ArticleId = id, At = now });
            times[id] = now;
        }

        if (db.ChangeTracker.HasChanges())
        {
            await using var write = await writing.BeginAsync(db, cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        var before = known;
        known = times;
        if (times.Count != before.Count)
            store.Drop([ContentDependencies.Any]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        library.Changed += Signal;
        try
        {
            await database.WhenReadyAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            while (true)
            {
                await changed.WaitAsync(stoppingToken);
                await UpdateSafelyAsync(stoppingToken);
            }
        }
        finally
        {
            library.Changed -= Signal;
        }
    }

    private async Task UpdateSafelyAsync(CancellationToken stoppingToken)
    {
        try
        {
            await UpdateAsync(stoppingToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogFailed(DatabaseFailureClassifier.CodeOf(failed));
            await Task.Delay(Retry, clock, stoppingToken);
            Signal(null);
        }
    }

    private void Signal(ContentChange? change)
    {
        try
        {
            changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // One signal is enough.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The times of publication could not be noted ({Code}); trying again in a minute")]
    private partial void LogFailed(string code);
}
