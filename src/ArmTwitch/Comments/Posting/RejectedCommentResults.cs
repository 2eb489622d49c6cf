using ArmTwitch.Articles;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Comments.Posting;

/// <summary>Gives comments back that were not taken.</summary>
internal sealed class RejectedCommentResults(ArticleLibrary library, ReaderPageResults pages)
{
    private const string Heading = "Your comment is not sent yet";

    public PageResult Show(HttpRequest request, Article article, CommentDraft refused, int status) =>
        pages.Uncached<RejectedFormPage, RejectedFormPageModel>(
            $"{article.Address}/comments",
            new RejectedFormPageModel(
                $"{article.Address}/comments", Heading, new PageLink(article.Address, article.Title), refused.Errors,
                Form(article.Slug, refused))
            {
                First = CrisisCardFor(request, refused),
            },
            status);

    /// <summary>For a comment on an article that is not there: 410 when it was withdrawn, else 404, with the text to copy.</summary>
    public Results<SeeOtherResult, StatusCodeHttpResult, PageResult> WithoutArticle(HttpRequest request, string slug, CommentDraft refused)
    {
        const string why = "The article that it belongs to is not here any more, so nobody could read it.";
        var status = ArticlesFeature.NotFoundOrGone(slug, library.Current).StatusCode;
        return new UndeliverableForm(status, "Your comment cannot be sent", why, refused.Body)
        {
            First = CrisisCardFor(request, refused)
        }.Show(pages);
    }

    private RenderFragment? CrisisCardFor(HttpRequest request, CommentDraft refused) =>
        CrisisCard.For(library.Current, request, refused.Body, $"{refused.Name}\n{refused.Email}");

    private static RenderFragment Form(Slug article, CommentDraft draft) => builder =>
    {
        builder.OpenComponent<CommentForm>(0);
        builder.AddComponentParameter(1, nameof(CommentForm.Article), article);
        builder.AddComponentParameter(2, nameof(CommentForm.Draft), draft);
        builder.CloseComponent();
    };
}
