using System.Text;
using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Articles.ArticlePages;
using ArmTwitch.Moderators;
using ArmTwitch.Pages;
using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Editing.Screens;

/// <summary>
/// The page of an article, made by the components that make it for readers, for the frame on the editors' screen. It is never stored.
/// </summary>
internal sealed partial class ArticlePreview(ArticleLibrary library, ArticlePageModelFactory models, PageRenderer renderer)
{
    /// <summary>
    /// No script and no form. Fonts need the same origin, which is no danger without script; a link opens beside the screen.
    /// </summary>
    public const string Sandbox = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    /// <param name="isShown">Whether it is the version that readers see, and not the newest.</param>
    public static string AddressOf(Article article, bool isShown, bool isDark, bool isShort) =>
        $"/moderation/articles/{article.Slug}/preview?dark={Word(isDark)}&short={Word(isShort)}&shown={Word(isShown)}"
        // Another text is another address, so that the frame loads it.
        + $"&text={(uint)HashCode.Combine(article.Source, article.Tables.Hash):x}";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/moderation/articles/{slug}/preview",
            ([AsParameters] PreviewRequest asked, HttpContext http, ArticlePreview preview) => preview.ShowAsync(asked, http))
            .RequireAuthorization(ModeratorPolicies.Editor);

    private async Task<Results<ContentHttpResult, NotFound>> ShowAsync(PreviewRequest asked, HttpContext http)
    {
        var file = Slug.TryParse(asked.Slug, out var slug) ? library.Current.FindFile(slug) : null;
        if ((asked.Shown ? file?.Shown : file?.Readable) is not { } article)
            return TypedResults.NotFound();
        var model = models.Create(article);
        var page = article.WithdrawnOn is not null ? await renderer.RenderAsync<WithdrawnArticlePage, ArticlePageModel>(model)
            : asked.Short ? await renderer.RenderAsync<ShortArticlePage, ArticlePageModel>(model)
            : await renderer.RenderAsync<ArticlePage, ArticlePageModel>(model);
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy.ArticlePreview(asked.Dark, Sandbox);
        return TypedResults.Text(
            PageLinks().Replace(ForcedColorScheme.Apply(Encoding.UTF8.GetString(page), asked.Dark), "$1 target=\"_blank\" href=\"/"),
            "text/html; charset=utf-8");
    }

    private static string Word(bool value) => value ? "true" : "false";

    /// <summary>Links to other pages. Those within the page stay in the frame.</summary>
    [GeneratedRegex("(<a\\b[^>]*?) href=\"/")]
    private static partial Regex PageLinks();

    /// <param name="Shown">Whether to show the version that readers see, and not the newest.</param>
    internal readonly record struct PreviewRequest(string Slug, bool Dark, bool Short, bool Shown);
}
