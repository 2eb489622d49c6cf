using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Feedback.Screens;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Dashboard;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Feedback;

public static class FeedbackFeature
{
    public static IServiceCollection AddFeedback(this IServiceCollection services)
    {
        services.AddSettings<FeedbackOptions>("Feedback");
        services.AddSingleton<FeedbackService>().AddSingleton<FeedbackEndpoints>().AddSingleton<FeedbackStatistics>()
            .AddSingleton<FeedbackNotes>().AddSingleton<IWaitingWork, FeedbackWaitingWork>()
            .AddSingleton<IRetentionRules, FeedbackRetentionRules>().AddSingleton<IPersonDataEraser, FeedbackPersonDataEraser>();
        services.AddSingleton(
            new ModerationNavigationLink("Feedback", "/moderation/feedback", ModerationNavigationGroup.Articles, Order: 20, ModeratorRole.Editor));
        return services.AddSingleton(
            new PagePart(PageSlot.Usefulness, article => FeedbackEndpoints.Form(article!.Slug, FeedbackDraft.Empty)));
    }

    public static IEndpointRouteBuilder MapFeedback(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/articles/{slug}/feedback", (string slug, PostedForm form, HttpContext http, FeedbackEndpoints feedback) =>
            feedback.SubmitAsync(slug, form, http)).AsForm();
        routes.Map("/articles/{slug}/thanks", (string slug, string? country, FeedbackEndpoints feedback) =>
            feedback.ShowThanks(slug, country)).AsPage();
        return routes;
    }
}
