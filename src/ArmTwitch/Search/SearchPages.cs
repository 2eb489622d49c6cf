using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Search;

/// <summary>Makes the page of a search.</summary>
internal sealed class SearchPages(ArticleLibrary library, SiteNavigation navigation, ReaderPageResults pages)
{
    public PageResult Show(HttpContext http, SearchResults results)
    {
        var content = library.Current;
        return pages.Uncached<SearchPage, SearchPageModel>(
            "/search",
            new SearchPageModel(
                results, EmergencyNumbersChoice.Of(content, http.Request.Query[EmergencyNumbersChoice.Field]),
                navigation.NumbersAddress(content), navigation.UrgentHelp(), navigation.Subjects()));
    }
}
