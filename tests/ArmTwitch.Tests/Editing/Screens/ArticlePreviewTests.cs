using System.Net;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Editing.Screens;
using ArmTwitch.Tests.Moderators;

namespace ArmTwitch.Tests.Editing.Screens;

/// <summary>What an editor sees before readers do.</summary>
public sealed class ArticlePreviewTests : IDisposable
{
    private const string Draft = "/moderation/articles/draft/preview?dark=false&short=false&shown=false";

    private readonly LintTestContent content = new();
    private readonly ModeratorTestSite site;

    public ArticlePreviewTests()
    {
        content.Files.Write("articles/draft.md", LintTestContent.Article(LintTestContent.Whole, "title: Not finished", "draft: true"));
        content.Files.Write("articles/one.md", LintTestContent.Article(LintTestContent.Whole, "title: Finished"));
        site = new ModeratorTestSite(settings: [("Content:Path", content.Files.Folder), ("Content:CheckRules", "true")]);
    }

    public void Dispose()
    {
        site.Dispose();
        content.Dispose();
    }

    [Fact]
    public async Task An_editor_sees_a_draft_as_readers_would()
    {
        var editor = await JoinAsync(ModeratorRole.Editor);
        using var reader = site.Site.Visit();

        var draft = await editor.OpenAsync(Draft);
        content.Files.Write("articles/draft.md", LintTestContent.Article(LintTestContent.Whole, "title: Not finished"));
        site.Site.Get<ArticleLibrary>().Reload();
        var published = new HtmlParser().ParseDocument(await reader.GetStringAsync(new Uri("/articles/draft", UriKind.Relative), Stop));

        Assert.Equal("Not finished", draft.QuerySelector("h1")!.TextContent);
        Assert.Equal(published.Body!.TextContent, draft.Body!.TextContent);
        Assert.Equal(published.QuerySelectorAll("main *").Length, draft.QuerySelectorAll("main *").Length);
    }

    [Fact]
    public async Task A_draft_that_names_no_day_of_publication_yet_can_be_looked_at()
    {
        var editor = await JoinAsync(ModeratorRole.Editor);
        content.Files.Write(
            "articles/draft.md",
            LintTestContent.Article(LintTestContent.Whole, "title: No day yet", "draft: true")
                .Replace("published: 2026-11-22\n", "", StringComparison.Ordinal));
        site.Site.Get<ArticleLibrary>().Reload();

        var draft = await editor.OpenAsync(Draft);

        Assert.Equal("No day yet", draft.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_preview_is_in_the_colours_that_were_asked_for_and_a_policy_lets_nothing_else_in()
    {
        var editor = await JoinAsync(ModeratorRole.Editor);
        var (_, light) = await editor.LookAsync(HttpMethod.Get, Draft);
        var (_, dark) = await editor.LookAsync(HttpMethod.Get, Draft.Replace("dark=false", "dark=true", StringComparison.Ordinal));

        Assert.All(new[] { light, dark }, html => Assert.DoesNotContain("prefers-color-scheme", html, StringComparison.Ordinal));
        Assert.Contains("@media not all{:root{", light, StringComparison.Ordinal);
        Assert.Contains("@media all{:root{", dark, StringComparison.Ordinal);
        Assert.Equal("light", Scheme(light));
        Assert.Equal("dark", Scheme(dark));
        var style = new HtmlParser().ParseDocument(dark).QuerySelector("style")!.TextContent;
        var policy = ArmTwitch.Pages.HttpPolicies.ContentSecurityPolicy.ArticlePreview(isDark: true, ArticlePreview.Sandbox);
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        static string? Scheme(string html) =>
            new HtmlParser().ParseDocument(html).QuerySelector("meta[name='color-scheme']")!.GetAttribute("content");
    }

    [Fact]
    public async Task No_cache_and_no_search_engine_keeps_a_preview_and_only_our_own_screen_frames_it()
    {
        using var browser = site.Site.Visit();
        await site.JoinAsync(new TestBrowser(browser), "grace@example.org", ModeratorRole.Editor);

        using var answer = await browser.GetAsync(new Uri(Draft, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(["noindex"], answer.Headers.GetValues("X-Robots-Tag"));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox allow-same-origin", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_another_page_opens_beside_the_screen_and_one_within_the_page_does_not()
    {
        var editor = await JoinAsync(ModeratorRole.Editor);

        var links = (await editor.OpenAsync(Draft)).QuerySelectorAll("a[href]");

        Assert.All(links, link => Assert.Equal(
            link.GetAttribute("href")!.StartsWith('/') ? "_blank" : null, link.GetAttribute("target")));
    }

    [Fact]
    public async Task The_version_that_readers_see_can_be_looked_at_beside_the_newest()
    {
        var editor = await JoinAsync(ModeratorRole.Editor);
        content.Files.Write("articles/one.md", LintTestContent.Article(LintTestContent.Whole, "title: Worked on", "draft: true"));
        site.Site.Get<ArticleLibrary>().Reload();

        var newest = await editor.OpenAsync("/moderation/articles/one/preview?dark=false&short=false&shown=false");
        var shown = await editor.OpenAsync("/moderation/articles/one/preview?dark=false&short=false&shown=true");
        var inShort = await editor.OpenAsync("/moderation/articles/one/preview?dark=false&short=true&shown=false");

        Assert.Equal(
            ("Worked on", "Finished", "Worked on, in short"),
            (newest.QuerySelector("h1")!.TextContent, shown.QuerySelector("h1")!.TextContent, inShort.QuerySelector("h1")!.TextContent));
    }

    [Theory]
    [InlineData(ModeratorRole.Moderator, Draft, HttpStatusCode.Forbidden)]
    [InlineData(ModeratorRole.Editor, "/moderation/articles/nothing/preview?dark=false&short=false&shown=false", HttpStatusCode.NotFound)]
    [InlineData(ModeratorRole.Editor, "/moderation/articles/Not%20one/preview?dark=false&short=false&shown=false", HttpStatusCode.NotFound)]
    [InlineData(ModeratorRole.Editor, "/moderation/articles/draft/preview?dark=false&short=false&shown=true", HttpStatusCode.NotFound)]
    [InlineData(ModeratorRole.Editor, "/moderation/articles/draft/preview?dark=maybe&short=false&shown=false", HttpStatusCode.BadRequest)]
    [InlineData(ModeratorRole.Editor, "/moderation/articles/draft/preview", HttpStatusCode.BadRequest)]
    public async Task Nobody_sees_what_is_not_there_or_not_theirs(ModeratorRole role, string address, HttpStatusCode status) =>
        Assert.Equal(status, await (await JoinAsync(role)).AskAsync(HttpMethod.Get, address));

    [Fact]
    public async Task Whoever_is_not_signed_in_is_led_to_sign_in()
    {
        var stranger = site.Visit();

        await stranger.OpenAsync(Draft);

        Assert.StartsWith("/moderation/sign-in", stranger.Location, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private async Task<TestBrowser> JoinAsync(ModeratorRole role) => (await site.JoinAsync(role: role)).Browser;
}
