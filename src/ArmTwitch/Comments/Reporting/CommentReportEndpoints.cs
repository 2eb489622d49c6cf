using ArmTwitch.Articles;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.Published;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.Availability;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Comments.Reporting;

/// <summary>Takes a reader's report on a comment.</summary>
internal sealed class CommentReportEndpoints(
    ArticleLibrary library, SiteNavigation navigation, PublishedComments comments, CommentReportService reports, ReaderPageResults pages)
{
    private const string Reason = "reason";

    public async Task<Results<SeeOtherResult, StatusCodeHttpResult, PageResult>> ReportAsync(
        string slug, Guid id, PostedForm form, HttpContext http)
    {
        var content = library.Current;
        var card = DangerCard.For(content, navigation, http.Request, form[Reason]);
        if (content.FindReadable(slug) is not { } article)
            return WithoutComment(ArticlesFeature.NotFoundOrGone(slug, content).StatusCode);
        CommentPageModel? found;
        try
        {
            found = await CommentPageModel.FindAsync(comments, article, id);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            var address = $"{article.Address}/comments/{id:N}/report";
            return pages.Uncached<ResubmitPage, ResubmitPageModel>(
                address, new ResubmitPageModel(address, address, [], Reason, form[Reason]) { First = card },
                StatusCodes.Status503ServiceUnavailable);
        }

        if (found is not { } model)
            return WithoutComment(StatusCodes.Status404NotFound);
        if (ErrorOf(form) is { } error)
            return Refuse(form.IsTaken ? StatusCodes.Status422UnprocessableEntity : form.Status, error);

        var answer = await reports.ReportAsync(
            article.Slug, id, CommentTextCleaner.Clean(form[Reason]), http.Connection.RemoteIpAddress, CancellationToken.None);
        http.SetRetryAfter(answer.RetryAfter);
        return answer.Outcome switch
        {
            CommentReportOutcome.TakenOff => pages.NoStore<CommentPage, CommentPageModel>(
                model with { Reported = true, IsTakenOff = true, First = card }, StatusCodes.Status200OK),
            CommentReportOutcome.Kept when card is not null => pages.NoStore<CommentPage, CommentPageModel>(
                model with { Reported = true, First = card }, StatusCodes.Status200OK),
            CommentReportOutcome.Kept => new SeeOtherResult($"{model.Address}?reported=1"),
            CommentReportOutcome.NoSuchComment => new SeeOtherResult($"{article.Address}#comments"),
            CommentReportOutcome.TooMany => Refuse(
                StatusCodes.Status429TooManyRequests,
                "There were many reports from where you are. Your text is still here: "
                    + $"send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}."),
            CommentReportOutcome.Unavailable => Refuse(
                StatusCodes.Status503ServiceUnavailable,
                "We cannot keep your report right now. Your text is still here: please send it again in a minute."),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };

        Results<SeeOtherResult, StatusCodeHttpResult, PageResult> WithoutComment(int status) =>
            new UndeliverableForm(
                status, "Your report cannot be sent", "The comment is not here any more, so there is nothing to report.", form[Reason])
            {
                First = card
            }.Show(pages);

        PageResult Refuse(int status, string why) => pages.Uncached<CommentPage, CommentPageModel>(
            $"{model.Address}/report", model with { Reason = form[Reason], Errors = new((Reason, why)), First = card }, status);
    }

    /// <returns>Null when the report may be taken.</returns>
    private static string? ErrorOf(PostedForm form)
    {
        if (!form.IsTaken)
            return CommentsFeature.DescribeStatus(form);
        return CommentTextCleaner.Clean(form[Reason]).Length switch
        {
            0 => "Say what is wrong with the comment.",
            > CommentReport.MaxReasonLength and var length =>
                $"Shorten the reason to {CommentReport.MaxReasonLength} characters. It has {length}.",
            _ => null,
        };
    }
}
