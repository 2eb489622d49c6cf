using ArmTwitch.Articles;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.Published;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Comments.Reporting;

/// <summary>Takes a reader's report on a comment.</summary>
internal static class CommentReportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/articles/{slug}/comments/{id:guid}/report", ReportAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ReportAsync(
        string slug, Guid id, HttpContext http, ArticleLibrary library, CrossSiteGuard guard, PublishedComments publishedComments,
        CommentReportService reportService, ClientNetworkHasher networkHasher, ReaderPageResults pages)
    {
        if (library.Current.FindReadable(slug) is not { } article)
            return Results.NotFound();
        var (form, address) = (await PostedForm.ReadAsync(http, guard), $"{article.Address}/comments/{id:N}/report");
        CommentPageModel? found;
        try
        {
            found = await CommentPageEndpoints.ModelAsync(article, id, publishedComments);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            http.SetRetryAfter(CommentsFeature.Later);
            return pages.Uncached<ResubmitPage, ResubmitPageModel>(
                address,
                new ResubmitPageModel(address, address, [], "reason", form["reason"])
                {
                    First = CrisisCard.For(library.Current, form["reason"])
                }, StatusCodes.Status503ServiceUnavailable);
        }

        if (found is not { } model)
            return Results.NotFound();
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var reason = CommentTextCleaner.Clean(form["reason"]);
        var error = !form.IsTaken ? CommentsFeature.DescribeStatus(form)
            : reason.Length is 0 ? "Say what is wrong with the comment."
            : reason.Length > CommentReport.MaxReasonLength
                ? $"Shorten the reason to {CommentReport.MaxReasonLength} characters. It has {reason.Length}."
                : null;
        if (error is not null)
            return Refuse(form.IsTaken ? StatusCodes.Status422UnprocessableEntity : form.Status, error);

        var network = await networkHasher.TryHashAsync(http.Connection.RemoteIpAddress, http.RequestAborted);
        var answer = network is null
            ? new(CommentReportOutcome.Unavailable, CommentsFeature.Later)
            : await reportService.ReportAsync(article.Slug, id, reason, network, CancellationToken.None);
        http.SetRetryAfter(answer.RetryAfter);
        return answer.Outcome switch
        {
            CommentReportOutcome.Kept when CrisisCard.For(library.Current, form["reason"]) is { } first =>
                pages.NoStore<CommentPage, CommentPageModel>(model with { Reported = true, First = first }, StatusCodes.Status200OK),
            CommentReportOutcome.Kept => new SeeOtherResult($"{article.Address}/comments/{id:N}?reported=1"),
            CommentReportOutcome.NoSuchComment => new SeeOtherResult($"{article.Address}#comments"),
            CommentReportOutcome.TooMany => Refuse(
                StatusCodes.Status429TooManyRequests,
                $"There were many reports from where you are. Your text is still here: send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}."),
            CommentReportOutcome.Unavailable => Refuse(
                StatusCodes.Status503ServiceUnavailable,
                "We cannot keep your report right now. Your text is still here: please send it again in a minute."),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };

        IResult Refuse(int status, string why) =>
            pages.Uncached<CommentPage, CommentPageModel>(address, model with
            {
                Reason = form["reason"],
                Errors = new(("reason", why)),
                First = CrisisCard.For(library.Current, form["reason"])
            }, status);
    }
}
