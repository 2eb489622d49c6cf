using ArmTwitch.Articles;
using ArmTwitch.Articles.ArticlePages;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.Retention;
using ArmTwitch.Moderators;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Feedback;

public static class FeedbackFeature
{
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddSettings<FeedbackOptions>("Feedback");
        services.AddSingleton<FeedbackService>().AddSingleton<FeedbackStatistics>()
            .AddSingleton<IRetentionRules, FeedbackRetentionRules>().AddSingleton<IPersonDataEraser, FeedbackPersonDataEraser>();
        services.AddSingleton(new ModerationNavigationLink("Feedback", "/moderation/feedback", Order: 25, ModeratorRole.Editor));
        return services.AddSingleton(new PagePart(PageSlot.Usefulness, article => Form(article!.Slug, FeedbackDraft.Empty)));
    }

    public static IEndpointRouteBuilder MapFeedback(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/articles/{slug}/feedback", SubmitAsync).DisableAntiforgery();
        routes.Map("/articles/{slug}/thanks", Thanks).AsPage();
        return routes;
    }

    private static RenderFragment Form(Slug article, FeedbackDraft draft, bool isThanks = false) => builder =>
    {
        builder.OpenComponent<FeedbackForm>(0);
        builder.AddComponentParameter(1, nameof(FeedbackForm.Article), article);
        builder.AddComponentParameter(2, nameof(FeedbackForm.Draft), draft);
        builder.AddComponentParameter(3, nameof(FeedbackForm.IsThanks), isThanks);
        builder.CloseComponent();
    };

    private static async Task<IResult> SubmitAsync(
        string slug, HttpContext http, ArticleLibrary library, ArticlePageModelFactory models, CrossSiteGuard guard,
        FeedbackService feedback, ClientNetworkHasher networkHasher, ReaderPageResults pages)
    {
        if (library.Current.FindReadable(slug) is not { } article)
            return Results.NotFound();
        var form = await PostedForm.ReadAsync(http, guard);
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var draft = FeedbackDraft.Read(form);
        if (!form.IsTaken)
            return Refuse(
                form.Status, draft.With(form.Explain("Your answer", $"the note to {FeedbackAnswer.MaxNoteLength:N0} characters")));
        draft = draft.Check();
        if (draft.Errors.Any)
            return Refuse(StatusCodes.Status422UnprocessableEntity, draft);

        var network = await networkHasher.TryHashAsync(http.Connection.RemoteIpAddress, http.RequestAborted);
        var reply = network is null
            ? new FeedbackResult(FeedbackOutcome.Unavailable, TimeSpan.FromSeconds(30))
            : await feedback.SubmitAsync(article.Slug, draft, network, CancellationToken.None);
        http.SetRetryAfter(reply.RetryAfter);
        return reply.Outcome switch
        {
            // Nothing on the way keeps it, and no address tells of it.
            FeedbackOutcome.Received when CrisisCard.For(library.Current, draft.Note) is { } first =>
                pages.NoStore<ArticlePage, ArticlePageModel>(WithThanks(article, models) with { Notice = first }, StatusCodes.Status200OK),
            FeedbackOutcome.Received => new SeeOtherResult($"{ThanksOf(article)}#feedback"),
            FeedbackOutcome.TooMany => Refuse(
                StatusCodes.Status429TooManyRequests,
                draft.With($"There were many answers from where you are. Yours is still here: send it again in {RetryAfterHeader.InWords(reply.RetryAfter)}.")),
            FeedbackOutcome.Unavailable => Refuse(
                StatusCodes.Status503ServiceUnavailable,
                draft.With("We cannot store your answer right now. It is still here: please send it again in a minute.")),
            _ => throw new InvalidOperationException($"{reply.Outcome} has no answer"),
        };

        IResult Refuse(int status, FeedbackDraft refused) => pages.Uncached<ArticlePage, ArticlePageModel>(
            $"{article.Address}/feedback",
            models.Create(article) with
            {
                Notice = CrisisCard.For(library.Current, refused.Note),
                RejectedForm = new RejectedFormParts(ErrorSummary.Of(refused.Errors), Form(article.Slug, refused), PageSlot.Usefulness),
            },
            status);
    }

    /// <summary>The article again, with a thank-you where the question was. The same for everybody, so it is kept like any page.</summary>
    private static IResult Thanks(
        string slug, ArticleLibrary library, ArticlePageModelFactory models, IEnumerable<PagePart> parts, ReaderPageResults pages) =>
        library.Current.FindReadable(slug) is { } article
            ? pages.Html<ArticlePage, ArticlePageModel>(
                ThanksOf(article), WithThanks(article, models), ContentDependencies.WholeArticle(article, parts))
            : Results.NotFound();

    private static ArticlePageModel WithThanks(Article article, ArticlePageModelFactory models) =>
        models.Create(article) with { SlotReplacement = (PageSlot.Usefulness, Form(article.Slug, FeedbackDraft.Empty, isThanks: true)) };

    private static string ThanksOf(Article article) => $"{article.Address}/thanks";
}
