using System.Net;
using System.Threading.RateLimiting;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Search;

/// <summary>
/// Finds articles by words. The index is made in the background. Until the first one is ready, titles and summaries are searched; after a
/// change of the content the old one answers until the new one is ready.
/// </summary>
internal sealed class ArticleSearch : IDisposable
{
    /// <summary>How many queries may wait. A reader would not wait longer than these take.</summary>
    private const int MaxWaiting = 8;

    /// <summary>How many of them may come from one network, so that no network takes all places.</summary>
    private const int MaxOfOneNetwork = 3;

    /// <summary>How long a query waits for the first index.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    private readonly ArticleLibrary library;
    private readonly SiteNavigation navigation;
    private readonly FullTextIndexFiles files;
    private readonly TimeProvider clock;
    private readonly Lock building = new();
    private readonly CancellationTokenSource stopping = new();

    private readonly PartitionedRateLimiter<IPAddress?> limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress?, string>(from => RateLimitPartition.GetConcurrencyLimiter(
            Convert.ToHexString(ClientNetwork.PrefixesOf(from).Narrow.Span), _ => new() { PermitLimit = MaxOfOneNetwork })),
        PartitionedRateLimiter.Create<IPAddress?, bool>(_ => RateLimitPartition.GetConcurrencyLimiter(
            true, _ => new() { PermitLimit = 1, QueueLimit = MaxWaiting })));

    private Task<SearchIndex>? newest;
    private volatile SearchIndex? ready;

    public ArticleSearch(ArticleLibrary library, SiteNavigation navigation, FullTextIndexFiles files, TimeProvider clock)
    {
        (this.library, this.navigation, this.files, this.clock) = (library, navigation, files, clock);
        library.Changed += Rebuild;
    }

    /// <summary>The content that is searched now; null before the first index is ready.</summary>
    public ContentSnapshot? Content => ready?.Content;

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
        if (await IndexAsync(Patience - clock.GetElapsedTime(asked), cancellationToken) is not { } index)
            return TitleSearch.Find(library.Current, query, navigation.Help(library.Current));
        var results = index.Find(query);
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

    /// <returns>The newest index that is ready; null when none is ready in time.</returns>
    private async Task<SearchIndex?> IndexAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var newest = Prepare();
        if (!newest.IsCompletedSuccessfully && ready is { } old)
            return old;
        try
        {
            return await newest.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Begins to make the first index, unless that has begun.</summary>
    /// <returns>The newest index, which may still be being made.</returns>
    public Task<SearchIndex> Prepare()
    {
        lock (building)
        {
            if (newest is null || newest.IsFaulted)
                newest = Task.Run(Build);
            return newest;
        }
    }

    private void Rebuild(ContentChange change)
    {
        lock (building)
            newest = newest?.ContinueWith(_ => Build(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>
    /// Runs for one change after the other. Returns the index that is there when an earlier run has seen the change already.
    /// </summary>
    private SearchIndex Build()
    {
        var now = library.Current;
        // The old index is not disposed, because a query may still use it. The garbage collector closes its connection.
        return ready is { } index && index.Content == now
            ? index
            : ready = new SearchIndex(now, files.Get(now, stopping.Token), navigation.Start(now)?.Slug, navigation.Help(now)?.Slug);
    }
}
