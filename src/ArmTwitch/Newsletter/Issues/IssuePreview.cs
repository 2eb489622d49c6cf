using ArmTwitch.Articles;
using ArmTwitch.Moderators;
using ArmTwitch.Pages.HttpPolicies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>The HTML part of an issue, for the frame on the editors' screen.</summary>
internal static class IssuePreview
{
    private const string Dark = "@media (prefers-color-scheme: dark)";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/moderation/newsletter/{slug}/preview", ShowAsync).RequireAuthorization(ModeratorPolicies.Editor);

    /// <param name="dark">Shows the dark or the light colours, whatever the editor's browser prefers.</param>
    private static async Task<Results<ContentHttpResult, NotFound>> ShowAsync(
        string slug, bool dark, HttpContext http, IssueService issueService)
    {
        if (!Slug.TryParse(slug, out var address) || (await issueService.PreviewAsync(address, http.RequestAborted)).Mail is not { } mail)
            return TypedResults.NotFound();
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy.IssuePreview;
        var html = mail.Html.Replace(Dark, dark ? "@media all" : "@media not all", StringComparison.Ordinal)
            .Replace(
                "<meta name=\"color-scheme\" content=\"light dark\">",
                $"<meta name=\"color-scheme\" content=\"{(dark ? "dark" : "light")}\">", StringComparison.Ordinal);
        // A link would lead the frame away from the mail. Its sandbox opens no windows, so it leads nowhere.
        html = html.Replace("<head>", "<head>\n<base target=\"_blank\">", StringComparison.Ordinal);
        return TypedResults.Text(html, "text/html; charset=utf-8");
    }
}
