using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Comments.Published;

/// <summary>The pages on which an article's further comments and a single one are read.</summary>
internal sealed class CommentPageEndpoints(ArticleLibrary library, PublishedComments comments, ReaderPageResults pages)
{
    public async Task<Results<PageResult, RedirectHttpResult, NotFound, StatusCodeHttpResult>> ShowMoreAsync(
        string slug, HttpRequest request)
    {
        var content = library.Current;
        if (content.FindReadable(slug) is not { } article)
            return ArticlesFeature.NotFoundOrGone(slug, content);
        if (!request.Query.TryGetValue("page", out var asked) || asked == "1")
            return TypedResults.Redirect($"{article.Address}#comments", permanent: true);
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            || asked != page.ToString(CultureInfo.InvariantCulture))
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        Guid? after = Guid.TryParse(request.Query["after"], out var last) ? last : null;
        var discussion = await comments.ReadAsync(article.Slug, page, after);
        if (!discussion.Available)
        {
            request.HttpContext.SetRetryAfter(RetryAfterHeader.AfterOutage);
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (page < 1 || discussion.Comments.Count is 0)
            return after is null ? TypedResults.NotFound() : TypedResults.Redirect($"{article.Address}#comments");
        var model = new MoreCommentsPageModel(article, discussion);
        return after is not null
            ? pages.Uncached<MoreCommentsPage, MoreCommentsPageModel>($"{article.Address}/comments", model)
            : pages.Html<MoreCommentsPage, MoreCommentsPageModel>(
                discussion.AddressOf(page), model,
                [CommentChangeNotifier.CacheDependency(article.Slug), .. ContentDependencies.ArticleFrame(article.Slug)]);
    }

    public async Task<Results<PageResult, NotFound>> ShowOneAsync(string slug, Guid id, HttpRequest request) =>
        library.Current.FindReadable(slug) is { } article && await CommentPageModel.FindAsync(comments, article, id) is { } model
            ? pages.Uncached<CommentPage, CommentPageModel>(
                model.Address, model with { Reported = request.Query.ContainsKey("reported") })
            : TypedResults.NotFound();
}
