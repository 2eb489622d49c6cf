using ArmTwitch.Articles;

namespace ArmTwitch.Search;

/// <summary>
/// Finds articles by words. The first question waits for the index; after a change of the content the old one answers until the
/// new one is ready.
/// </summary>
internal sealed class ArticleSearch(ArticleLibrary library) : IDisposable
{
    private readonly Lock making = new();
    private ContentSnapshot? asked;
    private Task<SearchIndex>? newest;
    private volatile SearchIndex? ready;

    public async Task<SearchResults> FindAsync(string query)
    {
        var index = Newest();
        return (index.IsCompletedSuccessfully || ready is null ? await index : ready).Find(query);
    }

    public void Dispose() => ready?.Dispose();

    /// <returns>The index of the content as it is now, which may still be in the making.</returns>
    private Task<SearchIndex> Newest()
    {
        lock (making)
        {
            var now = library.Now;
            if (newest is null || newest.IsFaulted || (asked != now && newest.IsCompleted))
            {
                asked = now;
                // The old index is left to the last question that still uses it; its connection then closes itself.
                newest = Task.Run(() => ready = new SearchIndex(now));
            }

            return newest;
        }
    }
}
