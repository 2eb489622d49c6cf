using ArmTwitch.Articles.Content;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Articles;

/// <summary>Drops every stored page that shows something that has changed in the library.</summary>
internal sealed class PageInvalidator(ArticleLibrary library, PageStore store, SiteNavigation navigation) : IHostedService
{
    private ContentSnapshot before = ContentSnapshot.Empty;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        before = library.Current;
        library.Changed += Invalidate;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        library.Changed -= Invalidate;
        return Task.CompletedTask;
    }

    private void Invalidate(ContentChange change)
    {
        var now = library.Current;
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

    /// <summary>
    /// Whether the header or footer of every page changed: titles of pages, and the addresses of help and of the numbers.
    /// </summary>
    private bool HasNewFrame(ContentChange change, ContentSnapshot now) =>
        change.Pages.Any(page => before.FindPage(page)?.Title != now.FindPage(page)?.Title)
        || navigation.Help(before)?.Address != navigation.Help(now)?.Address
        || navigation.NumbersAddress(before) != navigation.NumbersAddress(now)
        || (navigation.Start(before)?.Title, navigation.Start(before)?.Codes) != (
            navigation.Start(now)?.Title, navigation.Start(now)?.Codes);
}
