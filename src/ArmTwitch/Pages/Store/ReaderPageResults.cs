using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;

namespace ArmTwitch.Pages.Store;

/// <summary>
/// Makes the results of reader endpoints. Every HTML page carries the reader's choice on; a stored page is stored once for each choice
/// that somebody asks for.
/// </summary>
public sealed class ReaderPageResults(PageStore store, PageRenderer renderer, IReaderChoice choices)
{
    /// <summary>An HTML page that is stored until a dependency changes.</summary>
    /// <inheritdoc cref="PageDefinition" path="/param"/>
    public PageResult Html<TPage, TModel>(
        string address, TModel model, IReadOnlyCollection<string> dependsOn, DateTimeOffset? freshUntil = null)
        where TPage : ReaderPage<TModel> =>
        Stored(choice => new PageDefinition(
            OwnLinks.Carry(address, choice), dependsOn,
            async () => new StoredPage(await renderer.RenderAsync<TPage, TModel>(model, choice), PageKind.Html), freshUntil));

    /// <summary>Anything else that is stored: a feed, an image.</summary>
    public PageResult File(string address, PageKind kind, IReadOnlyCollection<string> dependsOn, Func<byte[]> make) =>
        Stored(_ => new PageDefinition(address, dependsOn, () => Task.FromResult(new StoredPage(make(), kind))));

    /// <summary>An HTML page that is not stored, because there is no limit to its addresses.</summary>
    public PageResult Uncached<TPage, TModel>(string address, TModel model, int status = StatusCodes.Status200OK)
        where TPage : ReaderPage<TModel> =>
        new(status, async http =>
        {
            if (CanonicalAddress.TryRedirect(http, address, http.Request.QueryString))
                return;
            if (status is not StatusCodes.Status200OK)
            {
                await WriteUnstoredAsync<TPage, TModel>(http, model, status);
                return;
            }

            var page = new StoredPage(
                await renderer.RenderAsync<TPage, TModel>(model, choices.Find(http.Request.Query)), PageKind.Html,
                AcceptEncoding.Choose(http.Request.Headers.AcceptEncoding));
            await page.WriteAsync(http);
        });

    /// <summary>A page for one person, which no cache may keep.</summary>
    public PageResult NoStore<TPage, TModel>(TModel model, int status) where TPage : ReaderPage<TModel> =>
        new(status, http => WriteUnstoredAsync<TPage, TModel>(http, model, status));

    /// <summary>Sends the page in the identity coding, the only one that <see cref="StoredPage.WriteErrorAsync"/> sends.</summary>
    private async Task WriteUnstoredAsync<TPage, TModel>(HttpContext http, TModel model, int status) where TPage : ReaderPage<TModel>
    {
        http.Response.StatusCode = status;
        var page = await renderer.RenderAsync<TPage, TModel>(model, choices.Find(http.Request.Query));
        await new StoredPage(page, PageKind.Html, PageContentEncoding.Identity).WriteErrorAsync(http);
    }

    private PageResult Stored(Func<string?, PageDefinition> define) =>
        new(StatusCodes.Status200OK, async http =>
        {
            var definition = define(choices.Find(http.Request.Query));
            if (CanonicalAddress.TryRedirect(http, definition.Address))
                return;
            var page = await store.GetAsync(definition, PageStoreMiddleware.DropsBefore(http, store));
            page.Route ??= (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            await page.WriteAsync(http);
        });
}
