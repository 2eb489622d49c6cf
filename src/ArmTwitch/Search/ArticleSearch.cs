using ArmTwitch.Articles;

namespace ArmTwitch.Search;

/// <summary>Finds articles by words. The index is made at the first question after a change of the content.</summary>
internal sealed class ArticleSearch(ArticleLibrary library) : IDisposable
{
    private readonly Lock making = new();
    private ContentSnapshot? indexed;
    private SearchIndex? index;

    public SearchResults Find(string query)
    {
        lock (making)
        {
            if (indexed != library.Now)
            {
                index?.Dispose();
                indexed = library.Now;
                index = new SearchIndex(indexed);
            }

            return index!.Find(query);
        }
    }

    public void Dispose() => index?.Dispose();
}
