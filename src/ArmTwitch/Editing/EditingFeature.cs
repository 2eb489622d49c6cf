using ArmTwitch.Articles;
using ArmTwitch.Pages;

namespace ArmTwitch.Editing;

public static class EditingFeature
{
    private const string ScorecardAddress = "/editorial-policy/scorecard";

    public static IServiceCollection AddEditing(this IServiceCollection services) => services.AddSingleton<IWritingRules, WritingRules>();

    public static IEndpointRouteBuilder MapEditing(this IEndpointRouteBuilder routes)
    {
        routes.Map(ScorecardAddress, ShowScorecard).AsPage();
        return routes;
    }

    private static IResult ShowScorecard(ArticleLibrary library, TimeProvider clock, ReaderPages pages)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var tomorrow = new DateTimeOffset(today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return pages.Html<ScorecardPage, Lazy<Scorecard>>(ScorecardAddress, new(() => Scorecard.Of(library.Now, library.Folder, today)), ContentDependencies.AnyArticle, tomorrow);
    }
}
