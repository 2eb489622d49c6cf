using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Feedback;

public static class FeedbackFeature
{
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddSettings<FeedbackOptions>("Feedback");
        services.AddSingleton<FeedbackService>().AddSingleton<FeedbackFigures>().AddSingleton<IRetention, FeedbackRetention>().AddSingleton<IPersonData, FeedbackPersonData>();
        services.AddSingleton(new ModerationLink("Feedback", "/moderation/feedback", Order: 25, ModeratorRole.Editor));
        return services.AddSingleton(new PagePart(PagePlace.Usefulness, article => Form(article!.Slug, FeedbackDraft.Empty)));
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
        string slug, HttpContext http, ArticleLibrary library, ArticleViews views, CrossSiteGuard guard, FeedbackService feedback, Network networks, ReaderPages pages)
    {
        if (library.Now.FindReadable(slug) is not { } article)
            return Results.NotFound();
        var form = await PostedForm.ReadAsync(http, guard);
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var draft = FeedbackDraft.Read(form);
        if (!form.IsTaken)
            return Refuse(form.Status, draft.With(form.Explain("Your answer", $"the note to {FeedbackAnswer.MaxNoteLength:N0} characters")));
        draft = draft.Check();
        if (draft.Errors.Any)
            return Refuse(StatusCodes.Status422UnprocessableEntity, draft);

        var network = await networks.TryOfAsync(http.Connection.RemoteIpAddress, http.RequestAborted);
        var reply = network is null ? new FeedbackReply(FeedbackOutcome.Unavailable, TimeSpan.FromSeconds(30)) : await feedback.SubmitAsync(article.Slug, draft, network, CancellationToken.None);
        http.TellWhen(reply.RetryAfter);
        return reply.Outcome switch
        {
            // Nothing on the way keeps it, and no address tells of it.
            FeedbackOutcome.Received when CrisisCard.For(library.Now, draft.Note) is { } first =>
                pages.Private<ArticlePage, ArticleView>(Thanked(article, views) with { First = first }, StatusCodes.Status200OK),
            FeedbackOutcome.Received => new SeeOther($"{ThanksOf(article)}#feedback"),
            FeedbackOutcome.TooMany => Refuse(StatusCodes.Status429TooManyRequests, draft.With($"There were many answers from where you are. Yours is still here: send it again in {RetryAfter.InWords(reply.RetryAfter)}.")),
            FeedbackOutcome.Unavailable => Refuse(StatusCodes.Status503ServiceUnavailable, draft.With("We cannot store your answer right now. It is still here: please send it again in a minute.")),
            _ => throw new InvalidOperationException($"{reply.Outcome} has no answer"),
        };

        IResult Refuse(int status, FeedbackDraft refused) => pages.Once<ArticlePage, ArticleView>(
            $"{article.Address}/feedback",
            views.Of(article) with
            {
                First = CrisisCard.For(library.Now, refused.Note),
                Refusal = new Refusal(ErrorSummary.Of(refused.Errors), Form(article.Slug, refused), PagePlace.Usefulness),
            },
            status);
    }

    /// <summary>The article again, with a thank-you where the question was. The same for everybody, so it is kept like any page.</summary>
    private static IResult Thanks(string slug, ArticleLibrary library, ArticleViews views, IEnumerable<PagePart> parts, ReaderPages pages) =>
        library.Now.FindReadable(slug) is { } article
            ? pages.Html<ArticlePage, ArticleView>(ThanksOf(article), Thanked(article, views), ContentDependencies.WholeArticle(article, parts))
            : Results.NotFound();

    private static ArticleView Thanked(Article article, ArticleViews views) =>
        views.Of(article) with { Instead = (PagePlace.Usefulness, Form(article.Slug, FeedbackDraft.Empty, isThanks: true)) };

    private static string ThanksOf(Article article) => $"{article.Address}/thanks";
}
