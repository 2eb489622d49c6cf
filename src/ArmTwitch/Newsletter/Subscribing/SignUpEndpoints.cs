using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.SubscriberPages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Takes an address: to sign up, or to get the link to what is stored. The answer is the same for every address.</summary>
internal sealed class SignUpEndpoints(
    SignUpService signUps, IssueArchive archive, CheckInboxLink checkInbox, PrivatePageResults pages)
{
    private const string CheckInbox = "/newsletter/check-inbox", Manage = "/newsletter/manage";

    public static void Map(RouteGroupBuilder pageRoutes, RouteGroupBuilder formRoutes)
    {
        formRoutes.MapPost("/subscribe", (PostedForm form, HttpContext http, SignUpEndpoints signUp) => signUp.SubscribeAsync(form, http));
        formRoutes.MapPost("/manage", (PostedForm form, HttpContext http, SignUpEndpoints signUp) => signUp.AskToManageAsync(form, http));
        pageRoutes.Map("/manage", (SignUpEndpoints signUp) => signUp.ShowManage());
        pageRoutes.Map("/check-inbox", (HttpRequest request, SignUpEndpoints signUp) => signUp.ShowCheckInbox(request.Query));
    }

    private PageResult ShowManage() => pages.Show<ManageLinkPage, SignUpDraft>(Manage, new SignUpDraft());

    private PageResult ShowCheckInbox(IQueryCollection query)
    {
        var (email, page) = checkInbox.Read(query["to"]);
        var meant = MailDomainSuggestion.IsKnown(query["meant"]) ? query["meant"].ToString() : null;
        return pages.Show<CheckInboxPage, CheckInboxPageModel>(
            CheckInbox, new CheckInboxPageModel(query["for"] == "manage", meant, email, page.Length > 0 ? page : "/newsletter"));
    }

    private async Task<Results<SeeOtherResult, PageResult>> SubscribeAsync(PostedForm form, HttpContext http)
    {
        var (status, draft, address) = await SubmitAsync(http, form, SubscriptionRequestKind.SignUp);
        if (draft.Errors.Any)
            return pages.Show<NewsletterPage, NewsletterPageModel>(
                "/newsletter", new NewsletterPageModel(await archive.TryListAsync(), draft), status);
        return CheckInboxFor(draft, ("meant", address is null ? null : MailDomainSuggestion.For(address)));
    }

    private async Task<Results<SeeOtherResult, PageResult>> AskToManageAsync(PostedForm form, HttpContext http)
    {
        var (status, draft, _) = await SubmitAsync(http, form, SubscriptionRequestKind.Manage);
        if (draft.Errors.Any)
            return pages.Show<ManageLinkPage, SignUpDraft>(Manage, draft, status);
        return CheckInboxFor(draft, ("for", "manage"));
    }

    private SeeOtherResult CheckInboxFor(SignUpDraft draft, (string Name, string? Value) more) =>
        new(QueryHelpers.AddQueryString(
            CheckInbox, new Dictionary<string, string?> { [more.Name] = more.Value, ["to"] = checkInbox.Write(draft.Email, draft.KnownPage) }));

    /// <returns>The draft has no errors when the form was stored, or was thrown away because a program filled in the trap.</returns>
    private async Task<(int Status, SignUpDraft Draft, EmailAddress? Address)> SubmitAsync(
        HttpContext http, PostedForm form, SubscriptionRequestKind kind)
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
}
