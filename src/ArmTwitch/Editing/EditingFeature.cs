using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Editing.Reports;
using ArmTwitch.Editing.Screens;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Dashboard;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Editing;

public static class EditingFeature
{
    private const string ScorecardAddress = "/editorial-policy/scorecard";

    public static IServiceCollection AddEditing(this IServiceCollection services) =>
        services.AddSingleton<IContentLinter, ContentLinter>().AddSingleton<ContentReports>().AddSingleton<ArticlePreview>()
        .AddSingleton<IWaitingWork, ArticlesWaitingWork>()
        .AddSingleton(
            new ModerationNavigationLink(
                "Articles", ArticleFilters.Home, ModerationNavigationGroup.Articles, Order: 10, ModeratorRole.Editor));

    public static IEndpointRouteBuilder MapEditing(this IEndpointRouteBuilder routes)
    {
        routes.Map(ScorecardAddress, ShowScorecard).AsPage();
        return routes;
    }

    /// <summary>The preview that the editors' screen shows in a frame; the screens themselves are routed with /moderation.</summary>
    public static IEndpointRouteBuilder MapEditingScreens(this IEndpointRouteBuilder routes)
    {
        ArticlePreview.Map(routes);
        return routes;
    }

    private static PageResult ShowScorecard(
        ArticleLibrary library, IOptions<ContentOptions> options, TimeProvider clock, ReaderPageResults pages)
    {
        var context = LintContext.Of(options.Value, clock);
        var tomorrow = new DateTimeOffset(context.Today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return pages.Html<ScorecardPage, Lazy<Scorecard>>(
            ScorecardAddress, new(() => Scorecard.Of(library.Current, library.Folder, context)), ContentDependencies.AnyArticle, tomorrow);
    }
}
