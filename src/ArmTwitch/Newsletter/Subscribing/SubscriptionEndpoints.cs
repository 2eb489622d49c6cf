using System.Text.Json;
using System.Text.Json.Serialization;
using ArmTwitch.Data.Availability;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.SubscriberPages;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Everything a reader does about the newsletter. A GET changes nothing.</summary>
internal static class SubscriptionEndpoints
{
    private const string Home = "/newsletter",
        CheckInbox = "/newsletter/check-inbox",
        Confirm = "/newsletter/confirm",
        Welcome = "/newsletter/welcome",
        Unsubscribe = "/newsletter/unsubscribe",
        Manage = "/newsletter/manage";

    private const string BadAddress = "Enter an e-mail address like name@example.com.";

    /// <summary>The same for everybody: it must not tell a stranger who subscribes.</summary>
    private const string BadCode =
        "Address and code do not belong together, or the code is older than 30 minutes, or it was tried too often. "
            + "The link in the mail still works. If you have confirmed before, you need do nothing.";

    /// <summary>When it is worth trying again after the database did not answer.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) }
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/newsletter/subscribe", SubscribeAsync).DisableAntiforgery();
        routes.Map(CheckInbox, (HttpContext http, PrivatePageResults pages) => pages.Show<CheckInboxPage, CheckInboxPageModel>(
            http, CheckInbox, CheckInboxOf(http.Request.Query))).AsPage();
        routes.Map(Confirm, AskToConfirmAsync).AsPage();
        routes.MapPost(Confirm, ConfirmAsync).DisableAntiforgery().AuthorizedByToken();
        routes.Map(Welcome, (HttpContext http, PrivatePageResults pages) => pages.Show<WelcomePage, string>(http, Welcome, "")).AsPage();
        routes.Map(Unsubscribe, (string? token, HttpContext http, PrivatePageResults pages) =>
            pages.Show<UnsubscribePage, UnsubscribePageModel>(http, Unsubscribe, new UnsubscribePageModel(AddressOf(token)))).AsPage();
        routes.MapPost(Unsubscribe, UnsubscribeAsync).DisableAntiforgery();
        routes.Map(Manage, (HttpContext http, PrivatePageResults pages) => pages.Show<ManageLinkPage, ManageLinkPageModel>(
            http, Manage, new ManageLinkPageModel())).AsPage();
        routes.MapPost(Manage, AskToManageAsync).DisableAntiforgery();
        routes.Map("/newsletter/manage/{token}", ManageAsync).AsPage();
        routes.MapPost("/newsletter/manage/{token}", ActAsync).DisableAntiforgery().AuthorizedByToken();
        routes.Map("/newsletter/manage/{token}/export", ExportAsync).AsPage();
    }

    private static async Task<IResult> SubscribeAsync(
        HttpContext http, CrossSiteGuard guard, SignUpService signUps, IssueArchive archive, PrivatePageResults pages)
    {
        var form = await PostedForm.ReadAsync(http, guard);
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var (status, error, field, address) = await SubmitFormAsync(http, form, SubscriptionRequestKind.SignUp, signUps);
        return error is null
            ? new SeeOtherResult(address is not null && MailDomainSuggestion.For(address) is { } domain ? $"{CheckInbox}?meant={domain}" : CheckInbox)
            : pages.Show<NewsletterPage, NewsletterPageModel>(http, Home, new NewsletterPageModel(
                await archive.TryListAsync(), form["email"], form["page"], error, field.Length > 0 ? "signup-email" : ""), status);
    }

    private static async Task<IResult> AskToManageAsync(
        HttpContext http, CrossSiteGuard guard, SignUpService signUps, PrivatePageResults pages)
    {
        var form = await PostedForm.ReadAsync(http, guard);
        if (form.IsUnreadable)
            return Results.StatusCode(form.Status);
        var (status, error, field, _) = await SubmitFormAsync(http, form, SubscriptionRequestKind.Manage, signUps);
        return error is null
            ? new SeeOtherResult($"{CheckInbox}?for=manage")
            : pages.Show<ManageLinkPage, ManageLinkPageModel>(http, Manage, new ManageLinkPageModel(form["email"], error, field), status);
    }

    /// <returns>What to say; no error when the form was taken, or looked so to a program that filled in the trap.</returns>
    private static async Task<(int Status, string? Error, string Field, EmailAddress? Address)> SubmitFormAsync(
        HttpContext http, PostedForm form, SubscriptionRequestKind kind, SignUpService signUps)
    {
        if (!form.IsTaken)
            return (form.Status, form.Explain("What you typed"), "", null);
        if (!EmailAddress.TryParse(form["email"], out var address))
            return (
                StatusCodes.Status422UnprocessableEntity, form["email"].Trim().Length is 0 ? "Enter your e-mail address." : BadAddress,
                "email", null);
        if (form["website"].Length > 0)
            return (StatusCodes.Status200OK, null, "", address);
        var answer = await signUps.SubmitAsync(new(kind, address, form["page"], http.Connection.RemoteIpAddress), CancellationToken.None);
        http.SetRetryAfter(answer.RetryAfter);
        return answer.Outcome switch
        {
            SignUpOutcome.Taken => (StatusCodes.Status200OK, null, "", address),
            SignUpOutcome.TooMany => (StatusCodes.Status429TooManyRequests, $"There were many forms from where you are, or many altogether. Please send it again in {RetryAfterHeader.InWords(answer.RetryAfter)}. What you typed is still here.", "", address),
            SignUpOutcome.Unavailable => (
                StatusCodes.Status503ServiceUnavailable,
                "We cannot store that right now. What you typed is still here: please send it again in a minute.", "", address),
            _ => throw new InvalidOperationException($"{answer.Outcome} has no answer"),
        };
    }

    private static CheckInboxPageModel CheckInboxOf(IQueryCollection query) =>
        new(query["for"] == "manage", MailDomainSuggestion.IsKnown(query["meant"]) ? query["meant"].ToString() : null);

    private static async Task<IResult> AskToConfirmAsync(
        string? token, HttpContext http, SubscriptionService subscriptions, PrivatePageResults pages) =>
        pages.Show<ConfirmPage, ConfirmPageModel>(
            http, Confirm, new ConfirmPageModel(await subscriptions.CanConfirmAsync(token, http.RequestAborted) ? token : null));

    private static async Task<IResult> ConfirmAsync(
        HttpContext http, CrossSiteGuard guard, SubscriptionService subscriptions, PrivatePageResults pages)
    {
        var form = await PostedForm.ReadAsync(http, guard);
        if (!form.IsTaken)
            return form.IsUnreadable
                ? Results.StatusCode(form.Status)
                : pages.Show<CheckInboxPage, CheckInboxPageModel>(
                    http, Confirm, Refused(form, ("", form.Explain("What you typed"))), form.Status);
        if (form.Fields.ContainsKey("token"))
        {
            return await subscriptions.ConfirmAsync(form["token"], CancellationToken.None) switch
            {
                ConfirmOutcome.Confirmed => new SeeOtherResult(Welcome),
                ConfirmOutcome.UsedLink =>
                    Show("The link has been used before. If you have confirmed since you last left, you need do nothing."),
                _ => Show("The link is older than seven days, or not one of ours."),
            };
        }

        var code = TypedCode.Digits(form["code"]);
        if (!EmailAddress.TryParse(form["email"], out var address))
            return Refuse(StatusCodes.Status422UnprocessableEntity, ("email", BadAddress));
        if (code.Length is not 8)
            return Refuse(StatusCodes.Status422UnprocessableEntity, ("code", "Enter the eight digits from the mail."));
        try
        {
            var answer = await subscriptions.ConfirmAsync(address, code, http.Connection.RemoteIpAddress, CancellationToken.None);
            http.SetRetryAfter(answer.RetryAfter);
            return answer.Outcome switch
            {
                ConfirmOutcome.Confirmed => new SeeOtherResult(Welcome),
                ConfirmOutcome.TooMany => Refuse(
                    StatusCodes.Status429TooManyRequests, ("", "Many codes were typed where you are. The link in the mail still works.")),
                _ => Refuse(StatusCodes.Status422UnprocessableEntity, ("code", BadCode)),
            };
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            http.SetRetryAfter(Later);
            return Refuse(
                StatusCodes.Status503ServiceUnavailable,
                ("", "We cannot look that up right now. What you typed is still here: please send it again in a minute."));
        }

        IResult Show(string error) => pages.Show<ConfirmPage, ConfirmPageModel>(
            http, Confirm, new ConfirmPageModel(null, error), StatusCodes.Status422UnprocessableEntity);

        IResult Refuse(int status, (string, string) error) =>
            pages.Show<CheckInboxPage, CheckInboxPageModel>(http, Confirm, Refused(form, error), status);
    }

    private static CheckInboxPageModel Refused(PostedForm form, (string, string) error) =>
        new(IsForManaging: false, Email: form["email"], Code: form["code"], Errors: new(error));

    /// <summary>
    /// The token alone is the right to leave: a mail program that presses the button for its owner sends neither cookie nor origin (RFC
    /// 8058).
    /// </summary>
    private static async Task<IResult> UnsubscribeAsync(
        string? token, HttpContext http, SubscriptionService subscriptions, PrivatePageResults pages)
    {
        var form = http.Request.HasFormContentType ? await ReadFormAsync(http) : FormCollection.Empty;
        var isOneClick = form["List-Unsubscribe"] == "One-Click";
        var reason = KebabCase.Find<UnsubscribeReason>(form["reason"]);
        await subscriptions.UnsubscribeAsync(
            token, isOneClick ? ConsentMethod.OneClick : ConsentMethod.UnsubscribePage, reason, CancellationToken.None);
        http.Response.Headers.CacheControl = "no-store";
        return isOneClick
            ? Results.Text("You have left the newsletter.")
            : pages.Show<UnsubscribePage, UnsubscribePageModel>(
                http, Unsubscribe, new UnsubscribePageModel(AddressOf(token), IsDone: true, reason is not null));
    }

    /// <summary>
    /// Mail programs may send the one field as <c>multipart/form-data</c>; whatever cannot be read says nothing more than the token.
    /// </summary>
    private static async Task<IFormCollection> ReadFormAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(
                new Microsoft.AspNetCore.Http.Features.FormOptions
                {
                    ValueCountLimit = 8,
                    ValueLengthLimit = 200,
                    MultipartBodyLengthLimit = PostedForm.MaxLength,
                    BufferBodyLengthLimit = PostedForm.MaxLength
                }, CancellationToken.None);
        }
        catch (Exception malformed) when (PostedForm.IsMalformed(malformed))
        {
            return FormCollection.Empty;
        }
    }

    private static async Task<IResult> ManageAsync(
        string token, HttpContext http, SubscriptionService subscriptions, PrivatePageResults pages) =>
        await subscriptions.FindDetailsAsync(token, http.RequestAborted) is { } file
            ? pages.Show<ManageSubscriptionPage, ManageSubscriptionPageModel>(
                http, $"{Manage}/{token}", new ManageSubscriptionPageModel($"{Manage}/{token}", file))
            : pages.Show<ManageSubscriptionPage, ManageSubscriptionPageModel>(
                http, $"{Manage}/{token}", new ManageSubscriptionPageModel(Manage, null), StatusCodes.Status404NotFound);

    private static async Task<IResult> ActAsync(
        string token, HttpContext http, CrossSiteGuard guard, SubscriptionService subscriptions, PrivatePageResults pages)
    {
        var form = await PostedForm.ReadAsync(http, guard);
        if (!form.IsTaken)
            return Results.StatusCode(form.Status);
        if (await subscriptions.FindDetailsAsync(token, http.RequestAborted) is not { } file)
            return pages.Show<ManageSubscriptionPage, ManageSubscriptionPageModel>(
                http, Manage, new ManageSubscriptionPageModel(Manage, null), StatusCodes.Status404NotFound);
        switch (form["action"])
        {
            case "unsubscribe":
                await subscriptions.UnsubscribeAsync(file, CancellationToken.None);
                break;
            case "erase":
                await subscriptions.EraseAsync(file, CancellationToken.None);
                break;
            default:
                return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        }

        return new SeeOtherResult($"{Manage}/{token}");
    }

    private static async Task<IResult> ExportAsync(string token, HttpContext http, SubscriptionService subscriptions)
    {
        if (await subscriptions.FindDetailsAsync(token, http.RequestAborted) is not { } file)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        var content = new
        {
            file.Subscriber.Email,
            file.Subscriber.State,
            file.Subscriber.CreatedAt,
            file.Subscriber.AskedAt,
            file.Subscriber.Wording,
            file.Subscriber.Page,
            file.Subscriber.ConfirmedAt,
            file.Subscriber.EndedAt,
            Consent = file.Consent.Select(
                record => new { record.Kind, record.Method, record.Wording, record.Page, record.AskedAt, record.Reason, record.At }),
        };
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(content, Json), "application/json", "newsletter-data.json");
    }

    private static string AddressOf(string? token) => $"{Unsubscribe}?token={Uri.EscapeDataString(token ?? "")}";
}
