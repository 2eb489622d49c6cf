using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Editing;

public static class EditingFeature
{
    private const string ScorecardAddress = "/editorial-policy/scorecard";

    public static IServiceCollection AddEditing(this IServiceCollection services) => services.AddSingleton<IContentLinter, ContentLinter>();

    public static IEndpointRouteBuilder MapEditing(this IEndpointRouteBuilder routes)
    {
        routes.Map(ScorecardAddress, ShowScorecard).AsPage();
        return routes;
    }

    private static PageResult ShowScorecard(ArticleLibrary library, TimeProvider clock, ReaderPageResults pages)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var tomorrow = new DateTimeOffset(today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return pages.Html<ScorecardPage, Lazy<Scorecard>>(
            ScorecardAddress, new(() => Scorecard.Of(library.Current, library.Folder, today)), ContentDependencies.AnyArticle, tomorrow);
    }
}
