using ArmTwitch.Articles;
using ArmTwitch.Moderators;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>The HTML part of an issue by itself, for the frame on the editor's screen.</summary>
internal static class IssuePreview
{
    private const string Dark = "@media (prefers-color-scheme: dark)";

    /// <summary>The mail's own inline styles and nothing else; no script, no frame of its own, nowhere to go.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self'; form-action 'none'; sandbox";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/moderation/newsletter/{slug}/preview", ShowAsync).RequireAuthorization(ModeratorPolicies.Editor);

    /// <param name="dark">Shows the colours for the dark, or those for the light, whatever the editor's own browser prefers.</param>
    private static async Task<IResult> ShowAsync(string slug, bool dark, HttpContext http, IssueService issueService)
    {
        if (!Slug.TryParse(slug, out var address) || (await issueService.PreviewAsync(address, http.RequestAborted)).Mail is not { } mail)
            return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        var html = mail.Html.Replace(Dark, dark ? "@media all" : "@media not all", StringComparison.Ordinal)
            .Replace(
                "<meta name=\"color-scheme\" content=\"light dark\">",
                $"<meta name=\"color-scheme\" content=\"{(dark ? "dark" : "light")}\">", StringComparison.Ordinal);
        return Results.Text(html, "text/html; charset=utf-8");
    }
}
