using ArmTwitch.Search;

namespace ArmTwitch.Tests.Search;

/// <summary>Asks the search of a site that all tests of a class share.</summary>
public abstract class SearchTestBase(SharedSite shared) : IClassFixture<SharedSite>
{
    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    protected SharedSite Shared => shared;

    protected async Task<SearchResults> FindAsync(string query) =>
        (await shared.Site.Get<ArticleSearch>().FindAsync(query, null, Stop))!;

    protected Task<string> PageAsync(string query, string more = "") => shared.Visitor.GetStringAsync(AddressOf(query, more), Stop);

    protected static Uri AddressOf(string query, string more = "") =>
        new($"/search?q={Uri.EscapeDataString(query)}{more}", UriKind.Relative);
}
