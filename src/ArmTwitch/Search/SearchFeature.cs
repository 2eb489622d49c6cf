using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Limits;
using ArmTwitch.Pages;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using ArmTwitch.Search.Indexing;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Search;

public static class SearchFeature
{
    /// <summary>More than the form takes. Somebody who tells of danger at the end of a long text is to be shown the card.</summary>
    private const int MaxQueryLength = 4000;

    /// <summary>By then the queries that were waiting have been answered.</summary>
    private static readonly TimeSpan RetryWhenBusy = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddSettings<SearchLimitOptions>("Limits");
        services.AddKeyedSingleton(nameof(Search), (provider, _) => new RateLimit(
            "searches",
            new RateWindow(provider.GetRequiredService<IOptions<SearchLimitOptions>>().Value.SearchesInAMinute, TimeSpan.FromMinutes(1))));
        services.AddHealthChecks().AddCheck<SearchHealthCheck>("search");
        return services.AddSingleton<FullTextIndexFiles>().AddSingleton<ArticleSearch>().AddSingleton<SearchPageResults>()
            .AddHostedService<SearchPreparation>();
    }

    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.Map("/search", SearchAsync).AsPage();
        return routes;
    }

    private static async Task<PageResult> SearchAsync(
        HttpContext http, ArticleSearch search, MemoryRateLimiter limiter, [FromKeyedServices(nameof(Search))] RateLimit limit,
        SearchPageResults pages)
    {
        var query = QueryOf(http.Request);
        if (query.Length is 0)
            return pages.Show(http, new SearchResults(query, null, []));
        if (limiter.Take(limit, http.Connection.RemoteIpAddress) is { } wait)
            return Refuse(StatusCodes.Status429TooManyRequests, wait);
        return await search.FindAsync(query, http.Connection.RemoteIpAddress, http.RequestAborted) is { } results
            ? pages.Show(http, results)
            : Refuse(StatusCodes.Status503ServiceUnavailable, RetryWhenBusy);

        // No limit keeps the card from somebody in danger.
        PageResult Refuse(int status, TimeSpan wait)
        {
            http.SetRetryAfter(wait);
            return pages.ShowRefused(http, query, search.DangerIn(query), status, wait);
        }
    }

    /// <returns>What was typed, in Unicode's form NFC: some keyboards send an accent as a character of its own.</returns>
    private static string QueryOf(HttpRequest request)
    {
        var typed = request.Query["q"].ToString().Where(letter => !char.IsControl(letter)).Take(MaxQueryLength);
        return NfcNormalizer.Compose(new string([.. typed])).Trim();
    }
}
