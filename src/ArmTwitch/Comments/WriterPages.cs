using ArmTwitch.Articles;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Comments;

/// <summary>Shows writers their own page. Its address is a secret: no cache keeps it, no search engine lists it, no link gives it away.</summary>
internal sealed class WriterPages(ArticleLibrary library, SiteGuide guide, ReaderPages pages)
{
    /// <summary>What a writer sent when the comment itself cannot be looked up.</summary>
    public IResult GiveBack(HttpContext http, string token, PostedForm form)
    {
        var model = new KeptWords($"/comments/{token}", "/comments", [("action", form["action"]), ("revision", form["revision"])], "body", form["body"]) { First = CrisisCard.For(library.Now, form["body"]) };
        return pages.Private<KeptWordsPage, KeptWords>(model, StatusCodes.Status503ServiceUnavailable);
    }

    public IResult Show(
        HttpContext http, string token, WriterView view, int status = StatusCodes.Status200OK, string? typed = null, FormErrors? errors = null,
        IReadOnlyList<PersonalDataFound>? details = null)
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        var content = library.Now;
        var ends = view.ExpiresAt.ToString("d MMMM yyyy");
        var model = new WriterPageModel(
            $"/comments/{token}", view, content.Find(view.Comment.Article), NumbersChoice.Of(content, http.Request.Query[NumbersChoice.Field]), guide.NumbersAddress(content), guide.Help(content)?.Address,
            ends, typed, errors ?? FormErrors.None, details ?? [])
        {
            First = errors is not null && view.Comment.Urgency is FlagLevel.Crisis ? CrisisCard.First(content) : CrisisCard.For(content, typed ?? ""),
        };
        return pages.Private<WriterPage, WriterPageModel>(model, status);
    }
}
