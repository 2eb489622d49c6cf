using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Comments.Authors;

/// <summary>
/// Shows writers their own page. Its address is a secret: no cache keeps it, no search engine lists it, no link gives it away.
/// </summary>
internal sealed class AuthorPageResults(ArticleLibrary library, SiteNavigation navigation, ReaderPageResults pages)
{
    /// <summary>What a writer sent when the comment itself cannot be looked up.</summary>
    public PageResult ResubmitPage(string token, PostedForm form)
    {
        var model = new ResubmitPageModel(
            $"/comments/{token}", "/comments", [("action", form["action"]), ("revision", form["revision"])], "body", form["body"])
        {
            First = CrisisCard.For(library.Current, form["body"])
        };
        return pages.NoStore<ResubmitPage, ResubmitPageModel>(model, StatusCodes.Status503ServiceUnavailable);
    }

    public PageResult Show(
        HttpContext http, string token, AuthorCommentView view, int status = StatusCodes.Status200OK, string? typed = null,
        FormErrors? errors = null, IReadOnlyList<PersonalDataMatch>? details = null)
    {
        var content = library.Current;
        var ends = view.ExpiresAt.ToString("d MMMM yyyy");
        var model = new CommentAuthorPageModel(
            $"/comments/{token}", view, content.Find(view.Comment.Article),
            EmergencyNumbersChoice.Of(content, http.Request.Query[EmergencyNumbersChoice.Field]), navigation.NumbersAddress(content),
            navigation.Help(content)?.Address, ends, typed, errors ?? FormErrors.None, details ?? [])
        {
            First = errors is not null && view.Comment.Urgency is FlagLevel.Crisis
                ? CrisisCard.First(content)
                : CrisisCard.For(content, typed ?? ""),
        };
        return pages.NoStore<CommentAuthorPage, CommentAuthorPageModel>(model, status).NotIndexed();
    }
}
