using System.Net.Mime;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Newsletter.ImportExport;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Newsletter.SubscriberScreens;

/// <summary>The download of all subscribers. It is a POST: a link could be followed without having been meant.</summary>
internal static class SubscriberExportEndpoint
{
    public const string Address = "/moderation/subscribers/export/file";

    private const string Page = "/moderation/subscribers/export";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Address, ExportAsync)
        .RequireAuthorization(ModeratorPolicies.Editor).WithMetadata(new EndsWithSessionAttribute());

    /// <remarks>It takes a form, so that ASP.NET Core checks the antiforgery token.</remarks>
    private static async Task<Results<PushStreamHttpResult, RedirectHttpResult>> ExportAsync(
        IFormCollection form, HttpContext http, SubscriberTransferService transfer, SubscriberImportExport exporter, TimeProvider clock)
    {
        if (CurrentModerator.From(http.User) is not { } editor || !await transfer.TryBeginExportAsync(editor, http.RequestAborted))
            return TypedResults.Redirect(Page);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            output => WriteAsync(output, exporter, http.RequestAborted), $"{MediaTypeNames.Text.Csv}; charset=utf-8",
            $"subscribers-{clock.GetUtcNow():yyyy-MM-dd}.csv");
    }

    private static async Task WriteAsync(Stream output, SubscriberImportExport exporter, CancellationToken aborted)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true);
        await exporter.ExportAsync(writer, aborted);
    }
}
