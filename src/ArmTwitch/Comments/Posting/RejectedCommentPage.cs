using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Comments.Posting;

/// <summary>The page that gives a comment back which was not taken.</summary>
internal static class RejectedCommentPage
{
    private const string Heading = "Your comment is not sent yet";

    public static PageResult Show(
        HttpContext http, ReaderPageResults pages, ContentSnapshot content, Article article, CommentDraft refused, int status) =>
        pages.Uncached<RejectedFormPage, RejectedFormPageModel>(
            $"{article.Address}/comments",
            new RejectedFormPageModel(
                $"{article.Address}/comments", Heading, new PageLink(article.Address, article.Title), refused.Errors,
                Form(article.Slug, refused))
            {
                First = CrisisCard.For(content, http.Request, refused.Body, $"{refused.Name}\n{refused.Email}"),
            },
            status);

    /// <summary>For a comment on an article that is not there: 410 when it was withdrawn, else 404, with the text to copy.</summary>
    public static Results<SeeOtherResult, StatusCodeHttpResult, PageResult> WithoutArticle(
        HttpContext http, ReaderPageResults pages, ContentSnapshot content, string slug, CommentDraft refused)
    {
        const string why = "The article that it belongs to is not here any more, so nobody could read it.";
        var status = ArticlesFeature.NotFoundOrGone(slug, content).StatusCode;
        return new UndeliverableForm(status, "Your comment cannot be sent", why, refused.Body)
        {
            First = CrisisCard.For(content, http.Request, refused.Body, $"{refused.Name}\n{refused.Email}")
        }.Show(pages);
    }

    private static RenderFragment Form(Slug article, CommentDraft draft) => builder =>
    {
        builder.OpenComponent<CommentForm>(0);
        builder.AddComponentParameter(1, nameof(CommentForm.Article), article);
        builder.AddComponentParameter(2, nameof(CommentForm.Draft), draft);
        builder.CloseComponent();
    };
}
