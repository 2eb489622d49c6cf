using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ArmTwitch.Newsletter.SubscriberPages;
using ArmTwitch.Pages.Forms;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Shows the owner of a mailed link what is stored about them, as a page and as JSON; they can leave or have it erased.</summary>
internal static class ManageEndpoints
{
    private const string Manage = "/newsletter/manage", Erased = "/newsletter/erased";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RemoveWithheld } },
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) }
    };

    public static void Map(RouteGroupBuilder pageRoutes, RouteGroupBuilder formRoutes)
    {
        pageRoutes.Map("/manage/{token}", ShowAsync);
        pageRoutes.Map("/manage/{token}/export", ExportAsync);
        formRoutes.MapPost("/manage/{token}", ActAsync).AuthorizedByToken();
        pageRoutes.Map("/erased", (PrivatePageResults pages) => pages.Show<ErasedPage, string>(Erased, ""));
    }

    /// <summary>The properties of the subscriber, and <c>consent</c>: the entries of the consent ledger.</summary>
    internal static byte[] Export(SubscriberDetails details)
    {
        var export = JsonSerializer.SerializeToNode(details.Subscriber, Json)!;
        export["consent"] = JsonSerializer.SerializeToNode(details.Consent, Json);
        return JsonSerializer.SerializeToUtf8Bytes(export, Json);
    }

    private static async Task<PageResult> ShowAsync(
        string token, HttpContext http, SubscriptionService subscriptions, PrivatePageResults pages) =>
        await subscriptions.FindDetailsAsync(token, http.RequestAborted) is { } details
            ? pages.Show<ManageSubscriptionPage, ManageSubscriptionPageModel>(
                AddressOf(token), new ManageSubscriptionPageModel(AddressOf(token), details))
            : Expired(AddressOf(token), pages);

    private static async Task<Results<SeeOtherResult, PageResult, StatusCodeHttpResult>> ActAsync(
        string token, PostedForm form, HttpContext http, SubscriptionService subscriptions, PrivatePageResults pages)
    {
        if (!form.IsTaken)
            return TypedResults.StatusCode(form.Status);
        if (await subscriptions.FindDetailsAsync(token, http.RequestAborted) is not { } details)
            return Expired(Manage, pages);
        switch (form["action"])
        {
            case "unsubscribe":
                await subscriptions.UnsubscribeAsync(details, CancellationToken.None);
                break;
            case "erase":
                await subscriptions.EraseAsync(details, CancellationToken.None);
                return new SeeOtherResult(Erased);
            default:
                return TypedResults.StatusCode(StatusCodes.Status422UnprocessableEntity);
        }

        return new SeeOtherResult(AddressOf(token));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ExportAsync(
        string token, HttpContext http, SubscriptionService subscriptions)
    {
        if (await subscriptions.FindDetailsAsync(token, http.RequestAborted) is not { } details)
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(Export(details), "application/json", "newsletter-data.json");
    }

    private static void RemoveWithheld(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.ToList())
        {
            if (property.AttributeProvider?.IsDefined(typeof(WithheldAttribute), inherit: false) is true)
                type.Properties.Remove(property);
        }
    }

    private static PageResult Expired(string address, PrivatePageResults pages) =>
        pages.Show<ManageSubscriptionPage, ManageSubscriptionPageModel>(
            address, new ManageSubscriptionPageModel(Manage, null), StatusCodes.Status404NotFound);

    private static string AddressOf(string token) => $"{Manage}/{token}";
}
