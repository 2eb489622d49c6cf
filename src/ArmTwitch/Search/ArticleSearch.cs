using System.Net;
using System.Threading.RateLimiting;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Search.Indexing;
using ArmTwitch.Search.Queries;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Search;

/// <summary>
/// Finds articles by words. The index is made in the background. Until the first one is ready, titles and summaries are searched; after a
/// change of the content the old one answers until the new one is ready. An index that fails, for whatever reason, leaves the search with
/// what there is, and is made anew (<see cref="RetryDelay"/>).
/// </summary>
internal sealed partial class ArticleSearch : IDisposable
{
    /// <summary>How many queries may wait. A reader would not wait longer than these take.</summary>
    private const int MaxWaiting = 8;

    /// <summary>How many of them may come from one network, so that no network takes all places.</summary>
    private const int MaxOfOneNetwork = 3;

    /// <summary>How long a query waits for the first index.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    /// <summary>How long a failed index is left alone: making one may take a processor for many seconds.</summary>
    internal static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

    private readonly ArticleLibrary library;
    private readonly SiteNavigation navigation;
    private readonly FullTextIndexFiles files;
    private readonly TimeProvider clock;
    private readonly ILogger<ArticleSearch> logger;
    private readonly Lock building = new();
    private readonly CancellationTokenSource stopping = new();

    private readonly PartitionedRateLimiter<IPAddress?> limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress?, string>(from => RateLimitPartition.GetConcurrencyLimiter(
            Convert.ToHexString(ClientNetwork.PrefixesOf(from).Narrow.Span), _ => new() { PermitLimit = MaxOfOneNetwork })),
        PartitionedRateLimiter.Create<IPAddress?, bool>(_ => RateLimitPartition.GetConcurrencyLimiter(
            true, _ => new() { PermitLimit = 1, QueueLimit = MaxWaiting })));

    private Task? newest;
    private volatile SearchIndex? ready;
    private DateTimeOffset? failedAt;

    public ArticleSearch(
        ArticleLibrary library, SiteNavigation navigation, FullTextIndexFiles files, TimeProvider clock, ILogger<ArticleSearch> logger)
    {
        (this.library, this.navigation, this.files, this.clock, this.logger) = (library, navigation, files, clock, logger);
        library.Changed += Rebuild;
    }

    /// <summary>The content that is searched now; null before the first index is ready.</summary>
    public ContentSnapshot? Content => ready?.Content;

    /// <summary>When the newest index failed; null when it has not.</summary>
    public DateTimeOffset? FailedAt
    {
        get
        {
            lock (building)
                return failedAt;
        }
    }

    /// <summary>Answers one query at a time, so that searching leaves processors for pages.</summary>
    /// <param name="query">In Unicode's form NFC.</param>
    /// <param name="from">Whose query it is.</param>
    /// <param name="cancellationToken">Whether the answer is still wanted.</param>
    /// <returns>Null when too many queries wait already, or too many of this network.</returns>
    public async Task<SearchResults?> FindAsync(string query, IPAddress? from, CancellationToken cancellationToken = default)
    {
        var asked = clock.GetTimestamp();
        using var lease = await EnterAsync(from, cancellationToken);
        if (!lease.IsAcquired)
            return null;
        var index = await IndexAsync(Patience - clock.GetElapsedTime(asked), cancellationToken);
        if (index is null || Find(index, query) is not { } results)
            return TitleSearch.Find(library.Current, query, navigation.Help(library.Current)) with
            {
                IsFailing = index is not null || FailedAt is not null,
            };
        return results with
        {
            Hits =
            [
                .. from hit in results.Hits
                   let article = Published(hit.Article)
                   where article is not null
                   select hit with { Article = article }
            ],
            Closest = [.. results.Closest.Select(Published).OfType<Article>()],
        };
    }

    /// <summary>Waits for the turn of a query, until the lease is disposed. A lease that is not acquired is no turn.</summary>
    internal ValueTask<RateLimitLease> EnterAsync(IPAddress? from, CancellationToken cancellationToken = default) =>
        limiter.AcquireAsync(from, cancellationToken: cancellationToken);

    /// <summary>What a query says of danger. It waits for nothing, so it answers where <see cref="FindAsync"/> refuses.</summary>
    /// <param name="query">In Unicode's form NFC.</param>
    public QueryDanger DangerIn(string query) => ready?.DangerIn(query) ?? new DangerFinder(library.Current.Tables).Find(query);

    public void Dispose()
    {
        library.Changed -= Rebuild;
        stopping.Cancel();
        // What is being written takes its file away again.
        if (newest is { } last)
            Task.WhenAny(last).Wait();
        ready?.Dispose();
        limiter.Dispose();
        stopping.Dispose();
    }

    /// <returns>The article as it is now; null when it has been deleted or withdrawn since the index was made.</returns>
    private Article? Published(Article found) => library.Current.Find(found.Slug) is { WithdrawnOn: null } article ? article : null;

    /// <returns>Null when the search failed. An index that cannot be read is made anew.</returns>
    private SearchResults? Find(SearchIndex index, string query)
    {
        try
        {
            return index.Find(query);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            // The message may hold what somebody typed.
            LogSearchFailed(DatabaseFailureClassifier.CodeOf(failed), failed.StackTrace);
            // One that has been replaced meanwhile says nothing of the one that is ready.
            if (failed is SqliteException broken && Interlocked.CompareExchange(ref ready, null, index) == index)
            {
                Fail();
                files.Discard(index.Texts, broken);
            }

            return null;
        }
    }

    /// <returns>The newest index that is ready; null when there is none in time.</returns>
    private async Task<SearchIndex?> IndexAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var newest = Prepare();
        if (ready is { } index)
            return index;
        try
        {
            await newest.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }

        return ready;
    }

    /// <summary>Begins to make the first index, unless that has begun, or one in place of an index that has failed.</summary>
    /// <returns>Ends when the newest index is ready, or has failed.</returns>
    public Task Prepare()
    {
        lock (building)
        {
            if (newest is null || (newest.IsCompleted && clock.GetUtcNow() - failedAt >= RetryDelay))
                newest = Task.Run(Build);
            return newest;
        }
    }

    private void Rebuild(ContentChange change)
    {
        lock (building)
            newest = newest?.ContinueWith(_ => Build(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Runs for one change after the other. Does nothing when an earlier run has seen the change already.</summary>
    private void Build()
    {
        try
        {
            var now = library.Current;
            // The old index is not disposed, because a query may still use it. The garbage collector closes its connection.
            if (ready?.Content != now)
                ready = Read(now, files.Get(now, stopping.Token));
            lock (building)
                failedAt = null;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogNotMade(failed);
            Fail();
        }
    }

    private SearchIndex Read(ContentSnapshot content, FullTextIndex texts)
    {
        try
        {
            return new SearchIndex(content, texts, navigation.Start(content)?.Slug, navigation.Help(content)?.Slug);
        }
        catch (SqliteException broken)
        {
            files.Discard(texts, broken);
            throw;
        }
    }

    private void Fail()
    {
        lock (building)
            failedAt = clock.GetUtcNow();
    }

    [LoggerMessage(
        LogLevel.Error,
        "The search index cannot be made; until it can, searches do not know the newest texts, or look at titles and summaries only")]
    private partial void LogNotMade(Exception failed);

    [LoggerMessage(LogLevel.Error, "A search failed ({Code}) and was answered from titles and summaries. It failed {Place}")]
    private partial void LogSearchFailed(string code, string? place);
}
