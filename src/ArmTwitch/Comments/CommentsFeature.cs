using ArmTwitch.Articles;
using ArmTwitch.Comments.Authors;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.Published;
using ArmTwitch.Comments.Reporting;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Data.Changes;
using ArmTwitch.Data.Restoring;
using ArmTwitch.Data.Retention;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;

namespace ArmTwitch.Comments;

public static class CommentsFeature
{
    public static IServiceCollection AddComments(this IServiceCollection services)
    {
        services.AddSettings<CommentsOptions>("Comments");
        services.AddSettings<CommentLimitOptions>("Limits");
        services.AddSingleton<CommentChangeNotifier>().AddSingleton<IDatabaseChangeHandler, CommentChangeHandler>()
            .AddSingleton<CommentPostingEndpoints>().AddSingleton<RejectedCommentResults>().AddSingleton<CommentService>().AddSingleton<CommentBatchWriter>()
            .AddSingleton<CommentPageEndpoints>().AddSingleton<PublishedComments>()
            .AddSingleton<CommentReportEndpoints>().AddSingleton<CommentReportService>()
            .AddSingleton<AuthorPageEndpoints>().AddSingleton<AuthorPageResults>().AddSingleton<AuthorCommentService>()
            .AddSingleton<CommentFlagger>().AddSingleton<SpamScorer>().AddSingleton<SpamTrainingService>()
            .AddHostedService(provider => provider.GetRequiredService<SpamTrainingService>());
        services.AddSingleton<IRestoreReconciler, CommentRestoreReconciler>()
            .AddSingleton<IRetentionRules, CommentRetentionRules>().AddSingleton<IPersonDataEraser, CommentPersonDataEraser>();
        return services.AddSingleton(new PagePart(
            PageSlot.Discussion, article => CommentSection.Of(article!.Slug),
            article => CommentChangeNotifier.CacheDependency(article.Slug))
        { Link = new PageLink("#comments", "Comments") });
    }

    public static IEndpointRouteBuilder MapComments(this IEndpointRouteBuilder routes)
    {
        const string below = "/articles/{slug}/comments", ofAuthor = "/comments/{token}";
        var pages = routes.MapGroup("").AsPage();
        pages.Map(below, (string slug, HttpRequest request, CommentPageEndpoints page) => page.ShowMoreAsync(slug, request));
        pages.Map($"{below}/{{id:guid}}", (string slug, Guid id, HttpRequest request, CommentPageEndpoints page) =>
            page.ShowOneAsync(slug, id, request));
        pages.Map(ofAuthor, (string token, HttpContext http, AuthorPageEndpoints page) => page.ShowAsync(token, http));

        var forms = routes.MapGroup("").AsForm();
        forms.MapPost(below, (string slug, PostedForm form, HttpContext http, CommentPostingEndpoints comments) =>
            comments.SubmitAsync(slug, form, http));
        forms.MapPost(
            $"{below}/{{id:guid}}/report",
            (string slug, Guid id, PostedForm form, HttpContext http, CommentReportEndpoints reports) =>
                reports.ReportAsync(slug, id, form, http));
        forms.MapPost(ofAuthor, (string token, PostedForm form, HttpContext http, AuthorPageEndpoints page) =>
            page.ActAsync(token, form, http)).AuthorizedByToken();
        forms.MapPost($"{ofAuthor}/mute", (string token, AuthorPageEndpoints page) => page.MuteAsync(token));
        return routes;
    }

    /// <summary>What to tell the author of a form that may not be taken.</summary>
    internal static string DescribeStatus(PostedForm form) =>
        form.Explain("Your text", $"the comment to {Comment.MaxTextLength:N0} characters");
}
