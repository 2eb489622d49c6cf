using System.Net;
using ArmTwitch.Data;

namespace ArmTwitch.Tests.Moderators;

/// <summary>Who may open the moderation pages, and the headers, methods and schemes of their answers.</summary>
public sealed class ModerationPipelineTests : IDisposable
{
    private readonly ModeratorTestSite site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Theory]
    [InlineData("/moderation", "%2Fmoderation")]
    [InlineData("/moderation/account", "%2Fmoderation%2Faccount")]
    [InlineData("/moderation/people?done=x", "%2Fmoderation%2Fpeople%3Fdone%3Dx")]
    [InlineData("/moderation/no/such/page", "%2Fmoderation%2Fno%2Fsuch%2Fpage")]
    public async Task A_stranger_is_sent_to_the_sign_in(string address, string returnUrl)
    {
        var browser = site.Visit();
        await browser.OpenAsync(address);

        Assert.Equal((HttpStatusCode.Found, $"/moderation/sign-in?returnUrl={returnUrl}"), (browser.Status, browser.Location));
        Assert.Equal(
            "You are signed out. Sign in to go on to the page that you asked for.",
            (await browser.OpenAsync(browser.Location!)).QuerySelector(".done")?.TextContent);
    }

    [Theory]
    [InlineData(ModeratorRole.Moderator, HttpStatusCode.Forbidden)]
    [InlineData(ModeratorRole.Editor, HttpStatusCode.OK)]
    public async Task Only_an_editor_reads_the_feedback_on_articles(ModeratorRole role, HttpStatusCode status) =>
        Assert.Equal(status, await (await site.JoinAsync(role: role)).Browser.AskAsync(HttpMethod.Get, "/moderation/feedback"));

    [Theory]
    [InlineData(ModeratorRole.Moderator, "/moderation/newsletter", "editor")]
    [InlineData(ModeratorRole.Moderator, "/moderation/people", "admin")]
    [InlineData(ModeratorRole.Editor, "/moderation/people", "admin")]
    [InlineData(ModeratorRole.Editor, "/moderation/mail", "admin")]
    [InlineData(ModeratorRole.Editor, "/moderation/mail/html?name=x", "admin")]
    public async Task Whoever_lacks_a_role_is_told_which_in_the_frame_of_the_moderation_pages(
        ModeratorRole role, string address, string needed)
    {
        var person = await site.JoinAsync(role: role);

        var (type, words) = await person.Browser.LookAsync(HttpMethod.Get, address);

        Assert.Equal((HttpStatusCode.Forbidden, "text/html; charset=utf-8"), (person.Browser.Status, type));
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(words);
        Assert.Equal($"This page is for {needed}s", page.QuerySelector("main h1")!.TextContent);
        Assert.Contains($"This needs the role {needed}; an admin can give it", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("nav a[href='/moderation/queue']"));
        Assert.NotNull(page.QuerySelector("main a[href='/moderation']"));
        Assert.Null(page.QuerySelector("form, script"));
    }

    [Theory]
    [InlineData("/moderation/nope")]
    [InlineData("/moderation/people/nobody")]
    public async Task Where_no_page_is_the_frame_of_the_moderation_pages_says_so(string address)
    {
        var person = await site.JoinAsync();

        var page = await person.Browser.OpenAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, person.Browser.Status);
        Assert.Equal("There is no page here", page.QuerySelector("main h1")!.TextContent);
        Assert.NotNull(page.QuerySelector("nav a[href='/moderation/queue']"));
        Assert.DoesNotContain("Worried right now?", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_not_cached_and_run_only_scripts_of_the_site()
    {
        using var visitor = site.Site.Visit();
        using var page = await visitor.GetAsync(new Uri("/moderation/sign-in", UriKind.Relative), Cancel);

        Assert.Contains("no-store", page.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("noindex", Assert.Single(page.Headers.GetValues("X-Robots-Tag")));
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_of_Blazor_is_cached_and_revalidated()
    {
        using var visitor = site.Site.Visit();
        using var script = await visitor.GetAsync(
            new Uri("/_framework/blazor.web.js", UriKind.Relative), Cancel);

        Assert.Equal("no-cache", Assert.Single(script.Headers.GetValues("Cache-Control")));
        Assert.NotNull(script.Headers.ETag);
    }

    [Fact]
    public async Task Pages_for_readers_set_no_cookie_for_a_moderator_either()
    {
        var person = await site.JoinAsync();
        await person.Browser.OpenAsync("/");
        using var visitor = site.Site.Visit();
        foreach (var address in (string[])["/", "/topics", "/search?q=coffee", "/no-such-page"])
        {
            using var page = await visitor.GetAsync(new Uri(address, UriKind.Relative), Cancel);
            Assert.False(page.Headers.Contains("Set-Cookie"), address);
        }
    }

    [Theory]
    [InlineData("/moderation")]
    [InlineData("/moderation/people")]
    [InlineData("/moderation/audit/export?format=csv")]
    [InlineData("/moderation/audit/export?format=none")]
    [InlineData("/moderation/sign-in")]
    [InlineData("/moderation/join?token=x")]
    [InlineData("/moderation/no/such/page")]
    public async Task HEAD_is_answered_like_GET_without_the_body(string address)
    {
        var person = await site.JoinAsync(role: ModeratorRole.Admin);
        foreach (var browser in (TestBrowser[])[person.Browser, site.Visit()])
        {
            var (type, _) = await browser.LookAsync(HttpMethod.Get, address);
            var (status, location) = (browser.Status, browser.Location);

            Assert.Equal((type, ""), await browser.LookAsync(HttpMethod.Head, address));
            Assert.Equal((status, location), (browser.Status, browser.Location));
        }
    }

    [Theory]
    [InlineData("PUT", "/moderation")]
    [InlineData("DELETE", "/moderation/people")]
    [InlineData("PATCH", "/moderation/sign-in")]
    [InlineData("PROPFIND", "/moderation/no/such/page")]
    public async Task A_wrong_method_is_answered_with_those_that_are_allowed(string method, string address)
    {
        using var visitor = site.Site.Visit();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        using var answer = await visitor.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("GET", "/moderation")]
    [InlineData("GET", "/moderation/sign-in")]
    [InlineData("POST", "/moderation/sign-in")]
    [InlineData("GET", "/moderation/join?token=x")]
    [InlineData("POST", "/moderation/join")]
    [InlineData("POST", "/moderation/passkeys/request")]
    [InlineData("PUT", "/moderation/people")]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    public async Task Over_plain_http_in_Production_a_page_says_what_is_missing(string method, string address)
    {
        using var production = new TestSite(environment: "Production", settings: ("Mail:Pickup", "true"));
        using var visitor = production.Visit();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        using var answer = await visitor.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "X-Forwarded-Proto", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_https_in_Production_the_sign_in_opens()
    {
        using var production = new TestSite(environment: "Production", settings: ("Mail:Pickup", "true"));
        using var visitor = production.Visit();
        visitor.BaseAddress = new Uri("https://armtwitch.test");

        Assert.Equal(HttpStatusCode.OK, await new TestBrowser(visitor).AskAsync(HttpMethod.Get, "/moderation/sign-in"));
    }
}
