using ArmTwitch.Pages;

namespace ArmTwitch.Articles;

/// <summary>Has the store forget every page that shows what has changed in the library.</summary>
internal sealed class StalePages(ArticleLibrary library, PageStore store, SiteGuide guide) : IHostedService
{
    private ContentSnapshot before = ContentSnapshot.Empty;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        before = library.Now;
        library.Changed += Drop;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        library.Changed -= Drop;
        return Task.CompletedTask;
    }

    private void Drop(ContentChange change)
    {
        var now = library.Now;
        var frame = change.Tables || HasNewFrame(change, now);
        before = now;
        store.Drop([
            .. change.Articles.Select(ContentDependencies.OnArticle),
            .. change.Pages.Select(ContentDependencies.OnPage),
            .. change.Articles.Count + change.Pages.Count > 0 ? [ContentDependencies.Any] : Array.Empty<string>(),
            .. change.Lists ? [ContentDependencies.Lists] : Array.Empty<string>(),
            .. frame ? [ContentDependencies.Tables] : Array.Empty<string>(),
        ]);
    }

    /// <summary>What stands around every page: titles in its foot, where help and the numbers are, and the article to begin with.</summary>
    private bool HasNewFrame(ContentChange change, ContentSnapshot now) =>
        change.Pages.Any(page => before.FindPage(page)?.Title != now.FindPage(page)?.Title)
        || guide.Help(before)?.Address != guide.Help(now)?.Address
        || guide.NumbersAddress(before) != guide.NumbersAddress(now)
        || (guide.Start(before)?.Title, guide.Start(before)?.Codes) != (guide.Start(now)?.Title, guide.Start(now)?.Codes);
}
