using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.RedFlags;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Guides;

public static class GuidesFeature
{
    /// <summary>The red-flag questions, and the sheet to fill in before a visit to a doctor.</summary>
    public static IEndpointRouteBuilder MapGuides(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AsPage();
        pages.Map("/check", ShowCheck);
        pages.Map("/visit-sheet", ShowSheet);
        return routes;
    }

    /// <summary>The answers are in the address and nowhere else. Answers that do not fit the questions are a 404.</summary>
    private static Results<PageResult, RedirectHttpResult, NotFound> ShowCheck(
        HttpRequest request, ArticleLibrary library, ReaderPageResults pages)
    {
        var content = library.Current;
        var named = request.Query.TryGetValue(RedFlagCheckPageModel.Field, out var answers);
        var asked = answers.ToString();
        if (content.Check?.Walk(asked) is not { } walk)
            return asked.Trim().ToLowerInvariant() is var spelled && spelled != asked && content.Check?.Walk(spelled) is not null
                ? TypedResults.Redirect($"{RedFlagCheckPageModel.Start}?{RedFlagCheckPageModel.Field}={spelled}", permanent: true)
                : TypedResults.NotFound();
        if (named && walk.Answers.Length is 0)
            return TypedResults.Redirect(RedFlagCheckPageModel.Start, permanent: true);

        var view = new RedFlagCheckPageModel(
            walk, EmergencyNumbersChoice.Of(content, request.Query),
            (walk.Now as CheckOutcome)?.Article is { } slug ? content.Find(slug) : null);
        var dependsOn = view.Article is { } article ? ContentDependencies.ArticleFrame(article.Slug) : ContentDependencies.Frame;
        return pages.Html<RedFlagCheckPage, RedFlagCheckPageModel>(view.Address, view, dependsOn);
    }

    private static PageResult ShowSheet(ArticleLibrary library, SiteNavigation navigation, ReaderPageResults pages) =>
        pages.Html<VisitSheetPage, VisitSheetPageModel>(
            VisitSheetPageModel.Address, new VisitSheetPageModel(navigation.Help(library.Current)), [
                .. ContentDependencies.Frame,
                .. navigation.Help(library.Current) is { } help ? ContentDependencies.ArticleFrame(help.Slug) : []]);
}
