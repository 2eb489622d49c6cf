using ArmTwitch.Articles;

namespace ArmTwitch.Search;

/// <summary>
/// Finds articles by words. The first question has the index made and waits for it. From then on every change of the content has a
/// new one made, and the old one answers until that is ready.
/// </summary>
internal sealed class ArticleSearch : IDisposable
{
    private readonly ArticleLibrary library;
    private readonly Lock making = new();
    private Task<SearchIndex>? newest;
    private volatile SearchIndex? ready;

    public ArticleSearch(ArticleLibrary library)
    {
        this.library = library;
        library.Changed += MakeAnew;
    }

    /// <summary>What is searched just now; null before the first question.</summary>
    public ContentSnapshot? Content => ready?.Content;

    public async Task<SearchResults> FindAsync(string query)
    {
        var index = Newest();
        var results = (index.IsCompletedSuccessfully || ready is null ? await index : ready).Find(query);
        return results with { Hits = [.. StillThere(results.Hits)] };
    }

    public void Dispose()
    {
        library.Changed -= MakeAnew;
        ready?.Dispose();
    }

    /// <summary>The old index may know an article that was taken out or back since.</summary>
    private IEnumerable<SearchHit> StillThere(IEnumerable<SearchHit> hits)
    {
        var content = library.Now;
        return from hit in hits
               let article = content.Find(hit.Article.Slug)
               where article is { WithdrawnOn: null }
               select hit with { Article = article };
    }

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

    private void MakeAnew(ContentChange change)
    {
        lock (making)
            newest = newest?.ContinueWith(_ => Make(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Runs for one change after the other; what an earlier run has seen already is not read again.</summary>
    private SearchIndex Make()
    {
        var now = library.Now;
        // The old index is left to the last question that still uses it; its connection then closes itself.
        return ready is { } index && index.Content == now ? index : ready = new SearchIndex(now);
    }
}
