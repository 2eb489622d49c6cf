using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.SubscriberPages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Takes an address: to sign up, or to get the link to what is stored. The answer is the same for every address.</summary>
internal static class SignUpEndpoints
{
    private const string CheckInbox = "/newsletter/check-inbox", Manage = "/newsletter/manage";

    public static void Map(RouteGroupBuilder pageRoutes, RouteGroupBuilder formRoutes)
    {
        formRoutes.MapPost("/subscribe", SubscribeAsync);
        formRoutes.MapPost("/manage", AskToManageAsync);
        pageRoutes.Map("/manage", (PrivatePageResults pages) => pages.Show<ManageLinkPage, SignUpDraft>(Manage, new SignUpDraft()));
        pageRoutes.Map("/check-inbox", (HttpContext http, PrivatePageResults pages) =>
            pages.Show<CheckInboxPage, CheckInboxPageModel>(CheckInbox, CheckInboxOf(http.Request.Query)));
    }

    private static async Task<Results<SeeOtherResult, PageResult>> SubscribeAsync(
        PostedForm form, HttpContext http, SignUpService signUps, IssueArchive archive, PrivatePageResults pages)
    {
        var (status, draft, address) = await SubmitAsync(http, form, SubscriptionRequestKind.SignUp, signUps);
        if (draft.Errors.Any)
            return pages.Show<NewsletterPage, NewsletterPageModel>(
                "/newsletter", new NewsletterPageModel(await archive.TryListAsync(), draft), status);
        var meant = address is null ? null : MailDomainSuggestion.For(address);
        return new SeeOtherResult(meant is null ? CheckInbox : $"{CheckInbox}?meant={meant}");
    }

    private static async Task<Results<SeeOtherResult, PageResult>> AskToManageAsync(
        PostedForm form, HttpContext http, SignUpService signUps, PrivatePageResults pages)
    {
        var (status, draft, _) = await SubmitAsync(http, form, SubscriptionRequestKind.Manage, signUps);
        if (draft.Errors.Any)
            return pages.Show<ManageLinkPage, SignUpDraft>(Manage, draft, status);
        return new SeeOtherResult($"{CheckInbox}?for=manage");
    }

    /// <returns>The draft has no errors when the form was stored, or was thrown away because a program filled in the trap.</returns>
    private static async Task<(int Status, SignUpDraft Draft, EmailAddress? Address)> SubmitAsync(
        HttpContext http, PostedForm form, SubscriptionRequestKind kind, SignUpService signUps)
    {
        var draft = SignUpDraft.Read(form);
        if (!form.IsTaken)
            return (form.Status, draft.With(form.Explain("What you typed")), null);
        draft = draft.Check(out var address);
        if (draft.Errors.Any || address is null)
            return (StatusCodes.Status422UnprocessableEntity, draft, null);
        if (draft.Honeypot.Length > 0)
            return (StatusCodes.Status200OK, draft, address);
        var result = await signUps.SubmitAsync(kind, draft, address, http.Connection.RemoteIpAddress, CancellationToken.None);
        http.SetRetryAfter(result.RetryAfter);
        return result.Outcome switch
        {
            SignUpOutcome.Taken => (StatusCodes.Status200OK, draft, address),
            SignUpOutcome.TooMany => (StatusCodes.Status429TooManyRequests, draft.With(
                "There were many forms from where you are, or many altogether. "
                    + $"Please send it again in {RetryAfterHeader.InWords(result.RetryAfter)}. What you typed is still here."), address),
            SignUpOutcome.Unavailable => (StatusCodes.Status503ServiceUnavailable, draft.With(
                "We cannot store that right now. What you typed is still here: please send it again in a minute."), address),
            _ => throw new InvalidOperationException($"{result.Outcome} has no answer"),
        };
    }

    private static CheckInboxPageModel CheckInboxOf(IQueryCollection query) =>
        new(query["for"] == "manage", MailDomainSuggestion.IsKnown(query["meant"]) ? query["meant"].ToString() : null);
}
