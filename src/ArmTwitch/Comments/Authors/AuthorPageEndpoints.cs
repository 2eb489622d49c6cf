using System.Globalization;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.Availability;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Comments.Authors;

/// <summary>The page on which authors look after their own comment.</summary>
internal sealed class AuthorPageEndpoints(AuthorCommentService comments, AuthorPageResults pages)
{
    public async Task<Results<PageResult, NotFound>> ShowAsync(string token, HttpContext http) =>
        await comments.FindAsync(token, http.RequestAborted) is { } view ? pages.Show(http, token, view) : TypedResults.NotFound();

    public async Task<Results<SeeOtherResult, StatusCodeHttpResult, PageResult>> ActAsync(string token, PostedForm form, HttpContext http)
    {
        AuthorCommentView? found;
        try
        {
            found = await comments.FindAsync(token, http.RequestAborted);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return pages.ResubmitPage(http, token, form);
        }

        if (found is not { } view)
            return pages.WithoutComment(http, form);
        if (Check(form, out var action) is { } refusal)
            return pages.Show(http, token, view, refusal);
        var text = CommentTextCleaner.CleanWithinLimit(form["body"]);
        var answer = await comments.ActAsync(
            new(token, action, text, ReadRevision(form), http.Connection.RemoteIpAddress), CancellationToken.None);
        http.SetRetryAfter(answer.RetryAfter);
        switch (answer.Outcome)
        {
            case AuthorActionOutcome.Done:
                return new SeeOtherResult($"/comments/{token}");
            case AuthorActionOutcome.NoSuchComment:
                return pages.WithoutComment(http, form);
            case AuthorActionOutcome.TooLate:
                view = await comments.FindAsync(token, http.RequestAborted) ?? view;
                return Refuse(StatusCodes.Status409Conflict, "",
                    "That could not be done: the comment has changed in the meantime. This page shows how it stands now.");
            case AuthorActionOutcome.TooMany:
                return Refuse(StatusCodes.Status429TooManyRequests, "body",
                    "There were many changes lately. Your text is still here: "
                    + $"send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}.");
            case AuthorActionOutcome.Unavailable:
                return Refuse(
                    StatusCodes.Status503ServiceUnavailable, "", "We cannot store that right now. Please send it again in a minute.");
            default:
                throw new InvalidOperationException($"{answer.Outcome} has no answer");
        }

        PageResult Refuse(int status, string field, string message) =>
            pages.Show(http, token, view, new(status, action, form["body"], new((field, message)), []));
    }

    /// <summary>One click in a mail program (RFC 8058), which sends no cookie and no origin. Unknown links get the same answer.</summary>
    public async Task<Results<ContentHttpResult, StatusCodeHttpResult>> MuteAsync(string token) =>
        await comments.ActAsync(new(token, AuthorAction.Mute)) is { Outcome: AuthorActionOutcome.Unavailable }
            ? TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("No more mail about this comment will be sent.");

    /// <returns>
    /// 0, which no version has, when it is missing or cannot be read: an edit of an unknown version must not replace the latest.
    /// </returns>
    private static int ReadRevision(PostedForm form) =>
        int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    /// <returns>Null when the action can be tried.</returns>
    private static AuthorActionRefusal? Check(PostedForm form, out AuthorAction action)
    {
        var known = KebabCase.Find<AuthorAction>(form["action"]);
        action = known.GetValueOrDefault();
        if (!form.IsTaken)
            return new(form.Status, known, form["body"], new(("", CommentsFeature.DescribeStatus(form))), []);
        if (known is null)
            return Invalid("", "Choose what to do with the comment.");
        if (action is not (AuthorAction.Edit or AuthorAction.Appeal))
            return null;

        var text = CommentTextCleaner.Clean(form["body"]);
        if (text.Length is 0)
            return Invalid("body", "Write your text.");
        if (text.Length > Comment.MaxTextLength)
            return Invalid("body", $"Shorten the text to {Comment.MaxTextLength:N0} characters. It has {text.Length:N0}.");
        return action is AuthorAction.Edit && form["keep"].Length is 0 && PersonalDataDetector.Find(text) is { Count: > 0 } details
            ? Invalid("body", PersonalDataDetector.WarningFor(details), details)
            : null;

        AuthorActionRefusal Invalid(string field, string message, IReadOnlyList<PersonalDataMatch>? details = null) =>
            new(StatusCodes.Status422UnprocessableEntity, known, form["body"], new((field, message)), details ?? []);
    }
}
