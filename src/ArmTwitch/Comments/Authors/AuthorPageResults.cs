using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Comments.Authors;

/// <summary>Why something that an author sent was not done.</summary>
/// <param name="Action">What was to be done; null when the form did not say it.</param>
/// <param name="Typed">The text that was sent, to give it back.</param>
/// <param name="PersonalData">What looks private in it.</param>
public sealed record AuthorActionRefusal(
    int Status, AuthorAction? Action, string Typed, FormErrors Errors, IReadOnlyList<PersonalDataMatch> PersonalData);

/// <summary>
/// Shows authors the page of their comment. Its address is a secret: no cache keeps it, no search engine lists it, no link gives it away.
/// </summary>
internal sealed class AuthorPageResults(
    ArticleLibrary library, SiteNavigation navigation, ReaderPageResults pages, PrivatePageResults privatePages)
{
    /// <summary>For an outage in which the comment itself cannot be read.</summary>
    public PageResult ResubmitPage(HttpContext http, string token, PostedForm form)
    {
        var model = new ResubmitPageModel(
            $"/comments/{token}", "/comments", [("action", form["action"]), ("revision", form["revision"])], "body", form["body"])
        {
            First = CrisisCard.For(library.Current, http.Request, form["body"])
        };
        return pages.NoStore<ResubmitPage, ResubmitPageModel>(model, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>For a link that is unknown or has expired.</summary>
    public Results<SeeOtherResult, StatusCodeHttpResult, PageResult> WithoutComment(HttpContext http, PostedForm form) =>
        new UndeliverableForm(
            StatusCodes.Status404NotFound, "Your text cannot be sent", "The link to your comment does not work any more.", form["body"])
        {
            First = CrisisCard.For(library.Current, http.Request, form["body"])
        }.Show(pages);

    public PageResult Show(HttpContext http, string token, AuthorCommentView view, AuthorActionRefusal? refusal = null)
    {
        var content = library.Current;
        var model = new CommentAuthorPageModel(
            $"/comments/{token}", view, content.FindByAnySlug(view.Comment.Article),
            EmergencyNumbersChoice.Of(content, http.Request.Query), navigation.NumbersAddress(content),
            navigation.Help(content)?.Address, refusal)
        {
            First = refusal is not null && view.Comment.Urgency is FlagLevel.Crisis
                ? CrisisCard.First(content, http.Request, $"{view.Comment.Author}\n{view.Comment.Text}\n{view.Comment.Appeal}\n{refusal.Typed}")
                : CrisisCard.For(content, http.Request, refusal?.Typed ?? ""),
        };
        return privatePages.Show<CommentAuthorPage, CommentAuthorPageModel>(model.Address, model, refusal?.Status ?? StatusCodes.Status200OK);
    }
}
