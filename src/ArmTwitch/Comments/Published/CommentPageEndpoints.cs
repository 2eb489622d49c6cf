using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Comments.Published;

/// <summary>The pages on which an article's further comments and a single one are read.</summary>
internal static class CommentPageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/articles/{slug}/comments", ShowMoreCommentsAsync).AsPage();
        routes.Map("/articles/{slug}/comments/{id:guid}", ShowCommentAsync).AsPage();
    }

    private static async Task<IResult> ShowMoreCommentsAsync(
        string slug, HttpRequest request, ArticleLibrary library, PublishedComments publishedComments, ReaderPageResults pages)
    {
        var content = library.Current;
        if (content.FindReadable(slug) is not { } article)
            return ArticlesFeature.NotFoundOrGone(slug, content);
        if (!request.Query.TryGetValue("page", out var asked) || asked == "1")
            return Results.Redirect($"{article.Address}#comments", permanent: true);
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            || asked != page.ToString(CultureInfo.InvariantCulture))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        Guid? after = Guid.TryParse(request.Query["after"], out var last) ? last : null;
        var discussion = await publishedComments.ReadAsync(article.Slug, page, after);
        if (!discussion.Available)
            return CommentsFeature.Unavailable(request.HttpContext);
        if (page < 1 || discussion.Comments.Count is 0)
            return after is null ? Results.NotFound() : Results.Redirect($"{article.Address}#comments");
        return after is not null
            ? pages.Uncached<MoreCommentsPage, MoreCommentsPageModel>(
                $"{article.Address}/comments", new MoreCommentsPageModel(article, discussion))
            : pages.Html<MoreCommentsPage, MoreCommentsPageModel>(
                discussion.AddressOf(page), new MoreCommentsPageModel(article, discussion),
                [CommentChangeNotifier.CacheDependency(article.Slug), .. ContentDependencies.ArticleFrame(article.Slug)]);
    }

    private static async Task<IResult> ShowCommentAsync(
        string slug, Guid id, HttpRequest request, ArticleLibrary library, PublishedComments publishedComments, ReaderPageResults pages) =>
        library.Current.FindReadable(slug) is { } article && await ModelAsync(article, id, publishedComments) is { } model
            ? pages.Uncached<CommentPage, CommentPageModel>(
                $"{article.Address}/comments/{id:N}", model with { Reported = request.Query.ContainsKey("reported") })
            : Results.NotFound();

    /// <returns>Null when readers see no such comment.</returns>
    internal static async Task<CommentPageModel?> ModelAsync(Article article, Guid id, PublishedComments publishedComments) =>
        await publishedComments.FindAsync(article.Slug, id) is { } comment
            ? new CommentPageModel(article, comment, await publishedComments.ParentOfAsync(id) ?? id, Reported: false, "", FormErrors.None)
            : null;
}
