using System.Net;
using System.Threading.RateLimiting;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data.Hashing;

namespace ArmTwitch.Search;

/// <summary>
/// Finds articles by words. The first question has the index made and waits for it. From then on every change of the content has a
/// new one made, and the old one answers until that is ready.
/// </summary>
internal sealed class ArticleSearch : IDisposable
{
    /// <summary>How many may wait for their turn. Who waits longer than these take has left, or is no reader.</summary>
    private const int MostWaiting = 8;

    /// <summary>How many of them may be of one network, so that no network takes all the places.</summary>
    private const int MostOfOneNetwork = 3;

    private readonly ArticleLibrary library;
    private readonly SiteNavigation navigation;
    private readonly Lock making = new();

    private readonly PartitionedRateLimiter<IPAddress?> turns = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress?, string>(from => RateLimitPartition.GetConcurrencyLimiter(
            Convert.ToHexString(ClientNetwork.PrefixesOf(from).Narrow.Span), _ => new() { PermitLimit = MostOfOneNetwork })),
        PartitionedRateLimiter.Create<IPAddress?, bool>(_ => RateLimitPartition.GetConcurrencyLimiter(
            true, _ => new() { PermitLimit = 1, QueueLimit = MostWaiting })));

    private Task<SearchIndex>? newest;
    private volatile SearchIndex? ready;

    public ArticleSearch(ArticleLibrary library, SiteNavigation navigation)
    {
        (this.library, this.navigation) = (library, navigation);
        library.Changed += Rebuild;
    }

    /// <summary>What is searched just now; null before the first question.</summary>
    public ContentSnapshot? Content => ready?.Content;

    /// <summary>Answers one question after the other, so that questions leave processors for the pages.</summary>
    /// <returns>Null when too many are waiting already, or too many of this network.</returns>
    public async Task<SearchResults?> FindAsync(string query, IPAddress? from, CancellationToken cancellationToken = default)
    {
        using var turn = await turns.AcquireAsync(from, cancellationToken: cancellationToken);
        if (!turn.IsAcquired)
            return null;
        var index = Newest();
        var results = (index.IsCompletedSuccessfully || ready is null ? await index.WaitAsync(cancellationToken) : ready).Find(query);
        return results with { Hits = [.. OnlyPublished(results.Hits.Count > 0 ? results.Hits : StartHere(query))] };
    }

    public void Dispose()
    {
        library.Changed -= Rebuild;
        ready?.Dispose();
        turns.Dispose();
    }

    /// <summary>The old index may know an article that was taken out or back since.</summary>
    private IEnumerable<SearchHit> OnlyPublished(IEnumerable<SearchHit> hits)
    {
        var content = library.Current;
        return from hit in hits
               let article = content.Find(hit.Article.Slug)
               where article is { WithdrawnOn: null }
               select hit with { Article = article };
    }

    /// <summary>Who asks "why does it do that?" on this site asks for the article that most readers come for.</summary>
    private IEnumerable<SearchHit> StartHere(string query) =>
        SearchIndex.IsOfStopWords(query) && navigation.Start(library.Current) is { } start
            ? [new SearchHit(start, [(start.Summary, false)])]
            : [];

    /// <returns>The newest index, which may still be in the making.</returns>
    private Task<SearchIndex> Newest()
    {
        lock (making)
        {
            if (newest is null || newest.IsFaulted)
                newest = Task.Run(Make);
            return newest;
        }
    }

    private void Rebuild(ContentChange change)
    {
        lock (making)
            newest = newest?.ContinueWith(_ => Make(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Runs for one change after the other; what an earlier run has seen already is not read again.</summary>
    private SearchIndex Make()
    {
        var now = library.Current;
        // The old index is left to the last question that still uses it; its connection then closes itself.
        return ready is { } index && index.Content == now ? index : ready = new SearchIndex(now);
    }
}
