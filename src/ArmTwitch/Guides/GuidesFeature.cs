using ArmTwitch.Articles;
using ArmTwitch.Pages;

namespace ArmTwitch.Guides;

public static class GuidesFeature
{
    /// <summary>What a reader can do with a worry: answer a few questions, and write down what a doctor will want to know.</summary>
    public static IEndpointRouteBuilder MapGuides(this IEndpointRouteBuilder routes)
    {
        routes.Map("/check", Check).AsPage();
        routes.Map("/visit-sheet", Sheet).AsPage();
        return routes;
    }

    /// <summary>The answers stand in the address and nowhere else; an address that is no way through the questions is not there.</summary>
    private static IResult Check(HttpRequest request, ArticleLibrary library, ReaderPages pages)
    {
        var content = library.Now;
        var named = request.Query.TryGetValue(CheckView.Field, out var answers);
        if (content.Check?.Walk(answers.ToString()) is not { } walk)
            return Results.NotFound();
        if (named && walk.Answers.Length is 0)
            return Results.Redirect(CheckView.Start, permanent: true);

        var view = new CheckView(walk, NumbersChoice.Of(content, request.Query[NumbersChoice.Field]), (walk.Now as CheckOutcome)?.Article is { } slug ? content.Find(slug) : null);
        if (view.Numbers.IsUnknown)
            return pages.Once<CheckPage, CheckView>(CheckView.Start, view);
        var dependsOn = view.Article is { } article ? ContentDependencies.ArticleFrame(article.Slug) : ContentDependencies.Frame;
        return pages.Html<CheckPage, CheckView>(view.Address, view, dependsOn);
    }

    private static IResult Sheet(ArticleLibrary library, SiteGuide guide, ReaderPages pages) =>
        pages.Html<VisitSheetPage, VisitSheetView>(VisitSheetView.Address, new VisitSheetView(guide.Help(library.Now)), [.. ContentDependencies.Frame, .. guide.Help(library.Now) is { } help ? ContentDependencies.ArticleFrame(help.Slug) : []]);
}
