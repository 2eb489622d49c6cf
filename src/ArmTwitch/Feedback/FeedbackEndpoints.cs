using ArmTwitch.Articles;
using ArmTwitch.Articles.ArticlePages;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Feedback;

/// <summary>Takes the form "Was this page useful?", and thanks for the answer.</summary>
internal sealed class FeedbackEndpoints(
    ArticleLibrary library, SiteNavigation navigation, ArticlePageModelFactory models, FeedbackService feedback,
    IEnumerable<PagePart> parts, ReaderPageResults pages)
{
    public static RenderFragment Form(Slug article, FeedbackDraft draft, bool isThanks = false) => builder =>
    {
        builder.OpenComponent<FeedbackForm>(0);
        builder.AddComponentParameter(1, nameof(FeedbackForm.Article), article);
        builder.AddComponentParameter(2, nameof(FeedbackForm.Draft), draft);
        builder.AddComponentParameter(3, nameof(FeedbackForm.IsThanks), isThanks);
        builder.CloseComponent();
    };

    public async Task<Results<SeeOtherResult, StatusCodeHttpResult, PageResult>> SubmitAsync(
        string slug, PostedForm form, HttpContext http)
    {
        var content = library.Current;
        var draft = FeedbackDraft.Read(form);
        if (content.FindReadable(slug) is not { } article)
        {
            const string why = "The article that it belongs to is not here any more.";
            var status = ArticlesFeature.NotFoundOrGone(slug, content).StatusCode;
            return new UndeliverableForm(status, "Your answer cannot be sent", why, draft.Note)
            {
                First = CardFor(draft.Note)
            }.Show(pages);
        }

        if (!form.IsTaken)
            return Refuse(
                form.Status, draft.With(form.Explain("Your answer", $"the note to {FeedbackAnswer.MaxNoteLength:N0} characters")));
        draft = draft.Check();
        if (draft.Errors.Any)
            return Refuse(StatusCodes.Status422UnprocessableEntity, draft);

        var answer = await feedback.SubmitAsync(article.Slug, draft, http.Connection.RemoteIpAddress, CancellationToken.None);
        http.SetRetryAfter(answer.RetryAfter);
        return answer.Outcome switch
        {
            // No cache may keep this page, and its address does not tell of the danger.
            FeedbackOutcome.Received when CardFor(draft.Note) is { } card =>
                pages.NoStore<ArticlePage, ArticlePageModel>(
                    WithThanks(article, EmergencyNumbersChoice.Of(content, http.Request.Query).Chosen?.Code) with { Notice = card },
                    StatusCodes.Status200OK),
            FeedbackOutcome.Received => new SeeOtherResult($"{ThanksOf(article)}#feedback"),
            FeedbackOutcome.TooMany => Refuse(
                StatusCodes.Status429TooManyRequests,
                draft.With("There were many answers from where you are. Yours is still here: "
                    + $"send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}.")),
            FeedbackOutcome.Unavailable => Refuse(
                StatusCodes.Status503ServiceUnavailable,
                draft.With("We cannot store your answer right now. It is still here: please send it again in a minute.")),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };

        RenderFragment? CardFor(string note) => DangerCard.For(content, navigation, http.Request, note);

        PageResult Refuse(int status, FeedbackDraft refused) => pages.Uncached<RejectedFormPage, RejectedFormPageModel>(
            $"{article.Address}/feedback",
            new RejectedFormPageModel(
                $"{article.Address}/feedback", "Your answer is not sent yet", new PageLink(article.Address, article.Title), refused.Errors,
                Form(article.Slug, refused))
            {
                First = CardFor(refused.Note),
            },
            status);
    }

    /// <summary>The article with a thank-you in place of the question. The same for all readers, so it is stored like any page.</summary>
    /// <param name="country">The code of the country whose numbers to show; null for the default ones.</param>
    public Results<PageResult, NotFound> ShowThanks(string slug, string? country) =>
        library.Current.FindReadable(slug) is { } article
            ? pages.Html<ArticlePage, ArticlePageModel>(
                ThanksOf(article), WithThanks(article, country), ContentDependencies.WholeArticle(article, parts))
            : TypedResults.NotFound();

    private ArticlePageModel WithThanks(Article article, string? country) =>
        models.Create(article, country) with
        {
            SlotReplacement = (PageSlot.Usefulness, Form(article.Slug, FeedbackDraft.Empty, isThanks: true))
        };

    private static string ThanksOf(Article article) => $"{article.Address}/thanks";
}
