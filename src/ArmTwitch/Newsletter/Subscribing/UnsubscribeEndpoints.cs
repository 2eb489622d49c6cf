using ArmTwitch.Newsletter.SubscriberPages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>
/// Unsubscribes by the link in an issue. The token alone authorizes it: a mail program that does it for its owner sends neither a cookie
/// nor an origin (RFC 8058).
/// </summary>
internal static class UnsubscribeEndpoints
{
    private const string Unsubscribe = "/newsletter/unsubscribe";

    public static void Map(RouteGroupBuilder pageRoutes, RouteGroupBuilder formRoutes)
    {
        pageRoutes.Map("/unsubscribe", AskAsync);
        formRoutes.MapPost("/unsubscribe", UnsubscribeAsync);
    }

    private static async Task<PageResult> AskAsync(
        string? token, HttpContext http, SubscriptionService subscriptions, PrivatePageResults pages) =>
        pages.Show<UnsubscribePage, UnsubscribePageModel>(
            Unsubscribe,
            await subscriptions.CanUnsubscribeAsync(token, http.RequestAborted)
                ? new UnsubscribePageModel(AddressOf(token), UnsubscribeStep.Ask)
                : UnsubscribePageModel.BrokenLink);

    private static async Task<Results<ContentHttpResult, PageResult>> UnsubscribeAsync(
        string? token, HttpContext http, SubscriptionService subscriptions, PrivatePageResults pages)
    {
        var form = http.Request.HasFormContentType ? await ReadFormAsync(http) : FormCollection.Empty;
        var isOneClick = form["List-Unsubscribe"] == "One-Click";
        var reason = KebabCase.Find<UnsubscribeReason>(form["reason"]);
        var isKnown = await subscriptions.UnsubscribeAsync(
            token, isOneClick ? ConsentMethod.OneClick : ConsentMethod.UnsubscribePage, reason, CancellationToken.None);
        http.Response.Headers.CacheControl = "no-store";
        // A mail program gets the same answer for every token: nobody reads it.
        if (isOneClick)
            return TypedResults.Text("You have left the newsletter.");
        var step = reason is null ? UnsubscribeStep.Done : UnsubscribeStep.ReasonTold;
        return pages.Show<UnsubscribePage, UnsubscribePageModel>(
            Unsubscribe, isKnown ? new UnsubscribePageModel(AddressOf(token), step) : UnsubscribePageModel.BrokenLink);
    }

    /// <summary>Mail programs may send <c>multipart/form-data</c>. A body that cannot be read counts as an empty one.</summary>
    private static async Task<IFormCollection> ReadFormAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(
                new FormOptions
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

    private static string AddressOf(string? token) => $"{Unsubscribe}?token={Uri.EscapeDataString(token ?? "")}";
}
