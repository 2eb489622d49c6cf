using System.Globalization;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.Availability;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;

namespace ArmTwitch.Comments.Authors;

/// <summary>The page on which writers look after their own comment.</summary>
internal static class AuthorPageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/comments/{token}", ShowAuthorPageAsync).AsPage();
        routes.MapPost("/comments/{token}", PerformAuthorActionAsync).DisableAntiforgery().AuthorizedByToken();
        routes.MapPost("/comments/{token}/mute", MuteAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ShowAuthorPageAsync(
        string token, HttpContext http, AuthorCommentService authorComments, AuthorPageResults authorPages) =>
        await authorComments.FindAsync(token, http.RequestAborted) is { } view ? authorPages.Show(http, token, view) : Results.NotFound();

    private static async Task<IResult> PerformAuthorActionAsync(
        string token, HttpContext http, CrossSiteGuard guard, AuthorCommentService authorComments, AuthorPageResults authorPages)
    {
        var form = await PostedForm.ReadAsync(http, guard);
        AuthorCommentView? found;
        try
        {
            found = await authorComments.FindAsync(token, http.RequestAborted);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            http.SetRetryAfter(CommentsFeature.Later);
            return authorPages.ResubmitPage(token, form);
        }

        if (found is not { } view)
            return Results.NotFound();
        if (!form.IsTaken)
            return form.IsUnreadable
                ? Results.StatusCode(form.Status)
                : authorPages.Show(http, token, view, form.Status, form["body"], new(("", CommentsFeature.DescribeStatus(form))));
        if (ActionOf(form["action"]) is not { } action)
            return authorPages.Show(
                http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"],
                new(("", "Choose what to do with the comment.")));

        var text = CommentTextCleaner.Clean(form["body"]);
        if (action is AuthorAction.Edit or AuthorAction.Appeal && TextFault(text) is { } wrong)
            return authorPages.Show(http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"], new(("body", wrong)));
        if (action is AuthorAction.Edit && form["keep"].Length is 0 && PersonalDataDetector.Find(text) is { Count: > 0 } details)
            return authorPages.Show(
                http, token, view, StatusCodes.Status422UnprocessableEntity, form["body"],
                new(("body", PersonalDataDetector.WarningFor(details))), details);
        var revision = int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? seen
            : view.Comment.Revision;
        var request = new AuthorActionRequest(
            token, action, CommentTextCleaner.CleanWithinLimit(form["body"]), revision, http.Connection.RemoteIpAddress);
        var answer = await authorComments.ActAsync(request, CancellationToken.None);
        switch (answer.Outcome)
        {
            case AuthorActionOutcome.Done:
                return new SeeOtherResult($"/comments/{token}");
            case AuthorActionOutcome.NoSuchComment:
                return Results.NotFound();
            case AuthorActionOutcome.TooLate:
                var now = await authorComments.FindAsync(token, http.RequestAborted) ?? view;
                return authorPages.Show(http, token, now, StatusCodes.Status409Conflict, form["body"], new(
                    ("", $"That could not be done: the comment has changed in the meantime. This page shows how it stands now.{(text.Length > 0 && !now.MayEdit && !now.MayAppeal ? $" What you typed: {text}" : "")}")));
            case AuthorActionOutcome.TooMany:
                http.SetRetryAfter(answer.RetryAfter);
                return authorPages.Show(http, token, view, StatusCodes.Status429TooManyRequests, form["body"], new(
                    ("body", $"There were many changes lately. Your text is still here: send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}.")));
            default:
                http.SetRetryAfter(CommentsFeature.Later);
                return authorPages.Show(
                    http, token, view, StatusCodes.Status503ServiceUnavailable, form["body"],
                    new(("", "We cannot store that right now. Please send it again in a minute.")));
        }
    }

    /// <summary>One click in a mail program (RFC 8058), which sends neither cookie nor origin. An unknown link answers the same.</summary>
    private static async Task<IResult> MuteAsync(string token, HttpContext http, AuthorCommentService authorComments) =>
        await authorComments.ActAsync(new(token, AuthorAction.Mute)) is { Outcome: AuthorActionOutcome.Unavailable }
            ? CommentsFeature.Unavailable(http)
            : Results.Text("No more mail about this comment will be sent.");

    private static string? TextFault(string text) => text.Length is 0 ? "Write your text."
        : text.Length > Comment.MaxTextLength ? $"Shorten the text to {Comment.MaxTextLength:N0} characters. It has {text.Length:N0}."
        : null;

    private static AuthorAction? ActionOf(string word) => word switch
    {
        "edit" => AuthorAction.Edit,
        "withdraw" => AuthorAction.Withdraw,
        "erase" => AuthorAction.Erase,
        "appeal" => AuthorAction.Appeal,
        "mute" => AuthorAction.Mute,
        _ => null,
    };
}
