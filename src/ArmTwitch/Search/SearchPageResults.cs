using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Pages.Store;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Search;

/// <summary>Makes the page of a search.</summary>
internal sealed class SearchPageResults(ArticleLibrary library, SiteNavigation navigation, ReaderPageResults pages)
{
    public PageResult Show(HttpContext http, SearchResults results) => Page(http, results, StatusCodes.Status200OK);

    /// <summary>The page of a query that was refused: its card if it has one, the query to send again, and no articles.</summary>
    /// <param name="wait">How long to wait before it is sent again.</param>
    public PageResult ShowRefused(HttpContext http, string query, QueryDanger danger, int status, TimeSpan wait) =>
        Page(http, new SearchResults(query, null, []) { Danger = danger }, status, wait);

    private PageResult Page(HttpContext http, SearchResults results, int status, TimeSpan wait = default)
    {
        var content = library.Current;
        var model = new SearchPageModel(
            results, EmergencyNumbersChoice.Of(content, http.Request.Query), navigation.NumbersAddress(content),
            navigation.UrgentHelp(), navigation.Topics(), status, wait);
        return results.IsPreliminary
            ? pages.NoStore<SearchPage, SearchPageModel>(model, status)
            : pages.Uncached<SearchPage, SearchPageModel>("/search", model, status);
    }
}
