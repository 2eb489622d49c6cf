using ArmTwitch.Articles;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Comments.Posting;

/// <summary>Takes the form below an article.</summary>
internal sealed class CommentPostingEndpoints(ArticleLibrary library, CommentService comments, RejectedCommentResults rejected)
{
    public async Task<Results<SeeOtherResult, StatusCodeHttpResult, PageResult>> SubmitAsync(
        string slug, PostedForm form, HttpContext http)
    {
        var draft = CommentDraft.Read(form);
        if (library.Current.FindReadable(slug) is not { } article)
            return rejected.WithoutArticle(http.Request, slug, draft);
        if (!form.IsTaken)
            return Refuse(form.Status, draft.With(CommentsFeature.DescribeStatus(form)));
        var cleaned = draft.Cleaned();
        draft = draft.Check(cleaned);
        if (draft.Errors.Any)
            return Refuse(StatusCodes.Status422UnprocessableEntity, draft);

        var answer = await comments.SubmitAsync(article.Slug, cleaned, http.Connection.RemoteIpAddress, CancellationToken.None);
        http.SetRetryAfter(answer.RetryAfter);
        return answer.Outcome switch
        {
            CommentSubmitOutcome.Received or CommentSubmitOutcome.ReceivedBefore => new SeeOtherResult($"/comments/{answer.Token}"),
            CommentSubmitOutcome.NoSuchParent => Refuse(StatusCodes.Status422UnprocessableEntity, (draft with { Parent = null }).With(
                "The comment you answered is no longer there. You can send your text as a comment of its own.")),
            CommentSubmitOutcome.TooMany when answer.IsRepeat => Refuse(
                StatusCodes.Status429TooManyRequests,
                draft.With("We have received this comment already, and a moderator will read it. You need not send it again.")),
            CommentSubmitOutcome.TooMany => Refuse(
                StatusCodes.Status429TooManyRequests,
                draft.With("There were many comments from where you are. Your text is still here: "
                    + $"send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}.")),
            CommentSubmitOutcome.Unavailable => Refuse(
                StatusCodes.Status503ServiceUnavailable,
                draft.With("We cannot store comments right now. Your text is still here: please send it again in a minute.")),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };

        PageResult Refuse(int status, CommentDraft refused) => rejected.Show(http.Request, article, refused, status);
    }
}
