using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Pages.Store;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Feeds;

/// <summary>
/// Records the time at which an article is first shown, if that is on the day of publication in its file. Without it an article that
/// appears in the afternoon would carry midnight, and feed readers that asked in the morning would take it for an old one. All replicas
/// read the same times from the database.
/// </summary>
internal sealed partial class PublicationTimeRecorder(
    ArticleLibrary library, IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, WriteTransactionFactory writing,
    PageStore store, TimeProvider clock, ILogger<PublicationTimeRecorder> logger)
    : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim changed = new(1, 1);
    private volatile Dictionary<string, DateTimeOffset> known = [];

    /// <returns>Midnight (UTC) of the day of publication when no time was recorded.</returns>
    public DateTimeOffset PublishedAt(Article article, ContentSnapshot content) =>
        known.TryGetValue(FeedEntryIds.ForArticle(article, content), out var at) ? at : Midnight(article.PublishedOn);

    public static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Records the articles of today that have no time yet, and reads what other replicas have recorded.</summary>
    public async Task UpdateAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await RecordAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another replica has just recorded the same article. Its time counts.
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

    [LoggerMessage(LogLevel.Warning, "The times of publication could not be recorded ({Code}); the next try is in a minute")]
    private partial void LogFailed(string code);
}
