using ArmTwitch.Data.Availability;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.SubscriberPages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Confirms a subscription. A GET changes nothing, because mail programs follow links by themselves.</summary>
internal static class ConfirmationEndpoints
{
    private const string Confirm = "/newsletter/confirm", Welcome = "/newsletter/welcome";

    /// <summary>The same for everybody: it must not tell a stranger who is subscribed.</summary>
    private const string BadCode =
        "Address and code do not belong together, or the code is older than 30 minutes, or it was tried too often. "
            + "The link in the mail still works. If you have confirmed before, you need do nothing.";

    public static void Map(RouteGroupBuilder pageRoutes, RouteGroupBuilder formRoutes)
    {
        pageRoutes.Map("/confirm", AskToConfirmAsync);
        formRoutes.MapPost("/confirm", ConfirmAsync).AuthorizedByToken();
        pageRoutes.Map("/welcome", (PrivatePageResults pages) => pages.Show<WelcomePage, string>(Welcome, ""));
    }

    private static async Task<PageResult> AskToConfirmAsync(
        string? token, HttpContext http, ConfirmationService confirmations, PrivatePageResults pages) =>
        pages.Show<ConfirmPage, ConfirmPageModel>(
            Confirm, new ConfirmPageModel(token, await confirmations.FindAddressAsync(token, http.RequestAborted)));

    private static async Task<Results<SeeOtherResult, PageResult>> ConfirmAsync(
        PostedForm form, HttpContext http, ConfirmationService confirmations, PrivatePageResults pages)
    {
        var (status, field, error) = !form.IsTaken ? (form.Status, "", form.Explain("What you typed"))
            : form.Fields.ContainsKey("token") ? await ConfirmByLinkAsync(form["token"], confirmations)
            : await ConfirmByCodeAsync(http, form, confirmations);
        if (error is null)
            return new SeeOtherResult(Welcome);
        return form.IsTaken && form.Fields.ContainsKey("token")
            ? pages.Show<ConfirmPage, ConfirmPageModel>(Confirm, new ConfirmPageModel(form["token"], null, error), status)
            : pages.Show<CheckInboxPage, CheckInboxPageModel>(
                Confirm, new(IsForManaging: false, Email: form["email"], Code: form["code"], Errors: new((field, error))), status);
    }

    private static async Task<(int Status, string Field, string? Error)> ConfirmByLinkAsync(
        string token, ConfirmationService confirmations) =>
        await confirmations.ConfirmAsync(token, CancellationToken.None) switch
        {
            ConfirmOutcome.Confirmed => (StatusCodes.Status200OK, "", null),
            ConfirmOutcome.UsedLink => (StatusCodes.Status422UnprocessableEntity, "",
                "The link has been used before. If you have confirmed since you last left, you need do nothing."),
            _ => (StatusCodes.Status422UnprocessableEntity, "", "The link is older than seven days, or not one of ours."),
        };

    private static async Task<(int Status, string Field, string? Error)> ConfirmByCodeAsync(
        HttpContext http, PostedForm form, ConfirmationService confirmations)
    {
        var code = TypedCode.Digits(form["code"]);
        if (!EmailAddress.TryParse(form["email"], out var address))
            return (StatusCodes.Status422UnprocessableEntity, "email", SignUpDraft.BadAddress);
        if (code.Length is not 8)
            return (StatusCodes.Status422UnprocessableEntity, "code", "Enter the eight digits from the mail.");
        try
        {
            var result = await confirmations.ConfirmAsync(address, code, http.Connection.RemoteIpAddress, CancellationToken.None);
            http.SetRetryAfter(result.RetryAfter);
            return result.Outcome switch
            {
                ConfirmOutcome.Confirmed => (StatusCodes.Status200OK, "", null),
                ConfirmOutcome.TooMany => (
                    StatusCodes.Status429TooManyRequests, "", "Many codes were typed where you are. The link in the mail still works."),
                _ => (StatusCodes.Status422UnprocessableEntity, "code", BadCode),
            };
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return (
                StatusCodes.Status503ServiceUnavailable, "",
                "We cannot look that up right now. What you typed is still here: please send it again in a minute.");
        }
    }
}
