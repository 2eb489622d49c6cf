using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Layout;

namespace ArmTwitch.Pages.Store;

/// <summary>The answers that reader routes give: pages from the store, and errors that help.</summary>
public sealed class ReaderPageResults(PageStore store, PageRenderer renderer)
{
    /// <summary>A page of HTML, kept until something it depends on changes.</summary>
    /// <param name="address">The one spelling of the page's address, with its query if it has one.</param>
    /// <param name="dependsOn">Names of what the page shows, as given to <see cref="PageStore.Drop"/>.</param>
    /// <param name="freshUntil">When the page stops being true by the clock alone.</param>
    public PageResult Html<TPage, TModel>(
        string address, TModel model, IReadOnlyCollection<string> dependsOn, DateTimeOffset? freshUntil = null)
        where TPage : ReaderPage<TModel> =>
        Stored(new PageDefinition(
            address, dependsOn, async () => new StoredPage(await renderer.RenderAsync<TPage, TModel>(model), PageKind.Html), freshUntil));

    /// <summary>Anything else that is kept: a feed, a picture.</summary>
    public PageResult File(string address, PageKind kind, IReadOnlyCollection<string> dependsOn, Func<byte[]> make) =>
        Stored(new PageDefinition(address, dependsOn, () => Task.FromResult(new StoredPage(make(), kind))));

    /// <summary>A page of HTML made for this one answer, because its addresses have no end.</summary>
    public PageResult Uncached<TPage, TModel>(string address, TModel model, int status = StatusCodes.Status200OK)
        where TPage : ReaderPage<TModel> =>
        new(status, async http =>
        {
            if (CanonicalAddress.IsNotCanonical(http, address))
            {
                http.Response.Redirect(address + http.Request.QueryString, permanent: true);
                return;
            }

            http.Response.StatusCode = status;
            var page = new StoredPage(
                await renderer.RenderAsync<TPage, TModel>(model), PageKind.Html,
                AcceptEncoding.Choose(http.Request.Headers.AcceptEncoding));
            await (status is StatusCodes.Status200OK ? page.WriteAsync(http) : page.WriteErrorAsync(http));
        });

    /// <summary>A page for one person, which nothing on the way may keep.</summary>
    public PageResult NoStore<TPage, TModel>(TModel model, int status) where TPage : ReaderPage<TModel> =>
        new(status, async http =>
        {
            http.Response.StatusCode = status;
            await new StoredPage(await renderer.RenderAsync<TPage, TModel>(model), PageKind.Html, PageContentEncoding.Identity)
                .WriteErrorAsync(http);
        });

    private PageResult Stored(PageDefinition recipe) =>
        new(StatusCodes.Status200OK, async http =>
        {
            if (CanonicalAddress.IsNotCanonical(http, recipe.Address))
                http.Response.Redirect(recipe.Address, permanent: true);
            else
                await (await store.GetAsync(recipe, PageStoreMiddleware.DropsBefore(http, store))).WriteAsync(http);
        });
}
