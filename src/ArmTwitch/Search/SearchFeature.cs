using ArmTwitch.Pages;

namespace ArmTwitch.Search;

public static class SearchFeature
{
    private const int MaxQueryLength = 200;

    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<ArticleSearch>();

    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.Map("/search", async (HttpRequest request, ArticleSearch search, ReaderPages pages) =>
        {
            var query = new string([.. request.Query["q"].ToString().Where(letter => !char.IsControl(letter)).Take(MaxQueryLength)]).Trim();
            return pages.Once<SearchPage, SearchResults>("/search", await search.FindAsync(query));
        }).AsPage();
        return routes;
    }
}
