using ArmTwitch.Articles;
using ArmTwitch.Comments.Authors;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.Published;
using ArmTwitch.Comments.Reporting;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Data.Restoring;
using ArmTwitch.Data.Retention;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;

namespace ArmTwitch.Comments;

public static class CommentsFeature
{
    /// <summary>When it is worth trying again after the database did not answer.</summary>
    internal static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddComments(this IServiceCollection services)
    {
        services.AddSettings<CommentsOptions>("Comments");
        services.AddSettings<CommentLimitOptions>("Limits");
        services.AddSingleton<CommentService>().AddSingleton<CommentBatchWriter>()
            .AddSingleton<CommentFlagger>().AddSingleton<CommentChangeNotifier>().AddSingleton<PublishedComments>()
            .AddSingleton<AuthorCommentService>().AddSingleton<AuthorPageResults>()
            .AddSingleton<CommentReportService>().AddSingleton<IRestoreReconciler, CommentRestoreReconciler>()
            .AddSingleton<IRetentionRules, CommentRetentionRules>().AddSingleton<IPersonDataEraser, CommentPersonDataEraser>();
        services.AddSingleton<SpamScorer>().AddSingleton<SpamTrainingService>()
            .AddHostedService(provider => provider.GetRequiredService<SpamTrainingService>());
        return services.AddSingleton(new PagePart(
            PageSlot.Discussion, article => CommentPostingEndpoints.Section(article!.Slug, CommentDraft.Empty),
            article => CommentChangeNotifier.CacheDependency(article.Slug)));
    }

    public static IEndpointRouteBuilder MapComments(this IEndpointRouteBuilder routes)
    {
        CommentPageEndpoints.Map(routes);
        CommentPostingEndpoints.Map(routes);
        CommentReportEndpoints.Map(routes);
        AuthorPageEndpoints.Map(routes);
        return routes;
    }

    /// <summary>The whole answer when the database is away and there is nothing to give back.</summary>
    internal static IResult Unavailable(HttpContext http)
    {
        http.SetRetryAfter(Later);
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>What to tell the writer of a form that may not be taken.</summary>
    internal static string DescribeStatus(PostedForm form) =>
        form.Explain("Your text", $"the comment to {Comment.MaxTextLength:N0} characters");
}
