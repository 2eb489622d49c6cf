using System.Net;

namespace ArmTwitch.Tests.Pages;

/// <summary>What every address answers: status, type, headers and the one right spelling.</summary>
public sealed class RouteTests(SharedSiteFixture site) : IClassFixture<SharedSiteFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", 200, "text/html; charset=utf-8")]
    [InlineData("/articles", 200, "text/html; charset=utf-8")]
    [InlineData("/articles/arm-muscle-twitching", 200, "text/html; charset=utf-8")]
    [InlineData("/articles/when-to-get-help", 200, "text/html; charset=utf-8")]
    [InlineData("/articles/nothing-here", 404, "text/html; charset=utf-8")]
    [InlineData("/articles?page=x", 400, "text/html; charset=utf-8")]
    [InlineData("/articles?page=-1", 404, "text/html; charset=utf-8")]
    [InlineData("/articles?page=0", 404, "text/html; charset=utf-8")]
    [InlineData("/articles?page=-99999999999", 404, "text/html; charset=utf-8")]
    [InlineData("/articles?page=-", 400, "text/html; charset=utf-8")]
    [InlineData("/articles?page=", 400, "text/html; charset=utf-8")]
    [InlineData("/articles?page=99999999999", 404, "text/html; charset=utf-8")]
    [InlineData("/articles?page=2", 404, "text/html; charset=utf-8")]
    [InlineData("/articles?page=99", 404, "text/html; charset=utf-8")]
    [InlineData("/topics", 200, "text/html; charset=utf-8")]
    [InlineData("/topics/causes", 200, "text/html; charset=utf-8")]
    [InlineData("/topics/nothing", 404, "text/html; charset=utf-8")]
    [InlineData("/authors/senior-expert", 200, "text/html; charset=utf-8")]
    [InlineData("/authors/nobody", 404, "text/html; charset=utf-8")]
    [InlineData("/search", 200, "text/html; charset=utf-8")]
    [InlineData("/search?q=coffee", 200, "text/html; charset=utf-8")]
    [InlineData("/about", 200, "text/html; charset=utf-8")]
    [InlineData("/privacy", 200, "text/html; charset=utf-8")]
    [InlineData("/accessibility", 200, "text/html; charset=utf-8")]
    [InlineData("/editorial-policy", 200, "text/html; charset=utf-8")]
    [InlineData("/comment-rules", 200, "text/html; charset=utf-8")]
    [InlineData("/corrections", 200, "text/html; charset=utf-8")]
    [InlineData("/editorial-policy/scorecard", 200, "text/html; charset=utf-8")]
    [InlineData("/articles/arm-muscle-twitching?view=short", 200, "text/html; charset=utf-8")]
    [InlineData("/articles/arm-muscle-twitching?view=long", 404, "text/html; charset=utf-8")]
    [InlineData("/check", 200, "text/html; charset=utf-8")]
    [InlineData("/check?a=ny", 200, "text/html; charset=utf-8")]
    [InlineData("/check?a=maybe", 404, "text/html; charset=utf-8")]
    [InlineData("/visit-sheet", 200, "text/html; charset=utf-8")]
    [InlineData("/articles/arm-muscle-twitching?country=IE", 200, "text/html; charset=utf-8")]
    [InlineData("/articles/arm-muscle-twitching/thanks", 200, "text/html; charset=utf-8")]
    [InlineData("/articles/nothing-here/thanks", 404, "text/html; charset=utf-8")]
    [InlineData("/feed.xml", 200, "application/atom+xml; charset=utf-8")]
    [InlineData("/feed.json", 200, "application/feed+json; charset=utf-8")]
    [InlineData("/sitemap.xml", 200, "application/xml; charset=utf-8")]
    [InlineData("/robots.txt", 200, "text/plain; charset=utf-8")]
    [InlineData("/favicon.ico", 200, "image/x-icon")]
    [InlineData("/icon.svg", 200, "image/svg+xml")]
    [InlineData("/picture.png", 200, "image/png")]
    [InlineData("/articles/arm-muscle-twitching/picture.png", 200, "image/png")]
    [InlineData("/health/live", 200, "application/json; charset=utf-8")]
    [InlineData("/health/ready", 200, "application/json; charset=utf-8")]
    [InlineData("/nothing", 404, "text/html; charset=utf-8")]
    [InlineData("/nothing/at/all", 404, "text/html; charset=utf-8")]
    [InlineData("/articles/..%2f..%2fetc%2fpasswd", 404, "text/html; charset=utf-8")]
    public async Task Each_address_answers_as_the_contract_says(string address, int status, string type)
    {
        // The second time the answer comes from the store; it must not differ.
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Get, HttpMethod.Head })
        {
            using var answer = await site.AskAsync(method, address);

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.False(answer.Headers.Contains("Server"));
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
            if (method == HttpMethod.Head)
                Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Stop));
            if (type.StartsWith("text/html", StringComparison.Ordinal))
            {
                var policy = Header(answer, "Content-Security-Policy");
                Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/Articles", "/articles")]
    [InlineData("/articles/", "/articles")]
    [InlineData("/articles?page=1", "/articles")]
    [InlineData("/articles?page=01", "/articles")]
    [InlineData("/articles/Arm-Muscle-Twitching", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/arm-muscle-twitching/", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/Arm-Muscle-Twitching?view=short", "/articles/arm-muscle-twitching?view=short")]
    [InlineData("/articles/arm-twitching?view=short", "/articles/arm-muscle-twitching?view=short")]
    [InlineData("/articles/arm-muscle-twitching?view=SHORT", "/articles/arm-muscle-twitching?view=short")]
    [InlineData("/articles/arm-muscle-twitching?view=", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/arm-muscle-twitching.", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/arm-muscle-twitching%20", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/arm-muscle-twitching).", "/articles/arm-muscle-twitching")]
    [InlineData("/check?a=Y", "/check?a=y")]
    [InlineData("/check?a=n%20", "/check?a=n")]
    [InlineData("/ARTICLES/ARM-MUSCLE-TWITCHING/", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/%61rm-muscle-twitching", "/articles/arm-muscle-twitching")]
    [InlineData("//articles", "/articles")]
    [InlineData("/articles//arm-muscle-twitching", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/arm-twitching", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/ARM-TWITCHING", "/articles/arm-muscle-twitching")]
    [InlineData("/articles/arm-twitching/comments", "/articles/arm-muscle-twitching#comments")]
    [InlineData("/articles/arm-twitching/thanks", "/articles/arm-muscle-twitching/thanks")]
    [InlineData("/Topics/Causes", "/topics/causes")]
    [InlineData("/authors/Senior-Expert/", "/authors/senior-expert")]
    [InlineData("/About", "/about")]
    [InlineData("/Health/Ready/", "/health/ready")]
    [InlineData("/Feed.xml", "/feed.xml")]
    [InlineData("/SEARCH", "/search")]
    [InlineData("/robots.TXT", "/robots.txt")]
    public async Task Any_other_spelling_leads_to_the_right_one(string spelled, string right)
    {
        using var answer = await site.AskAsync(HttpMethod.Get, spelled);

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(right, answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/articles")]
    [InlineData("/articles?page=1")]
    [InlineData("/articles?page=2")]
    [InlineData("/articles?page=x")]
    [InlineData("/articles/arm-muscle-twitching")]
    [InlineData("/articles/Arm-Muscle-Twitching")]
    [InlineData("/articles/arm-twitching")]
    [InlineData("/articles/nothing-here")]
    [InlineData("/articles/arm-muscle-twitching/picture.png")]
    [InlineData("/topics/causes")]
    [InlineData("/authors/senior-expert/")]
    [InlineData("/search?q=coffee")]
    [InlineData("/Search?q=coffee")]
    [InlineData("/about")]
    [InlineData("/feed.xml")]
    [InlineData("/feed.json")]
    [InlineData("/sitemap.xml")]
    [InlineData("/robots.txt")]
    [InlineData("/favicon.ico")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/Health/Ready")]
    [InlineData("/nothing/at/all")]
    public async Task HEAD_has_the_headers_of_GET(string address)
    {
        foreach (var coding in new[] { "identity", "gzip" })
        {
            using var get = await site.AskAsync(HttpMethod.Get, address, ("Accept-Encoding", coding));
            using var head = await site.AskAsync(HttpMethod.Head, address, ("Accept-Encoding", coding));

            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Equal(AllHeaders(get), AllHeaders(head));
            Assert.Contains(AllHeaders(head), header => header.StartsWith("Content-Length:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_search_keeps_its_words_when_the_address_is_respelled()
    {
        using var answer = await site.AskAsync(HttpMethod.Get, "/Search/?q=coffee%20%26%20tea");

        Assert.Equal("/search?q=coffee%20%26%20tea", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Words_that_mean_nothing_here_behind_an_address_change_nothing()
    {
        using var answer = await site.AskAsync(HttpMethod.Get, "/articles/arm-muscle-twitching?utm_source=x");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("PUT", "/articles/arm-muscle-twitching")]
    [InlineData("DELETE", "/feed.xml")]
    [InlineData("OPTIONS", "/topics")]
    [InlineData("POST", "/health/live")]
    [InlineData("POST", "/articles/arm-twitching")]
    public async Task A_wrong_method_is_told_the_right_ones(string method, string address)
    {
        using var answer = await site.AskAsync(new HttpMethod(method), address);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("GET", "/comments/abc/mute")]
    [InlineData("DELETE", "/comments/abc/mute")]
    [InlineData("GET", "/articles/arm-muscle-twitching/comments/01890a5d-ac96-774b-bcce-b302099a8057/report")]
    public async Task Where_there_is_only_something_to_be_sent_that_is_told(string method, string address)
    {
        using var answer = await site.AskAsync(new HttpMethod(method), address);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("POST", "/nothing.css")]
    [InlineData("POST", "/nothing")]
    [InlineData("POST", "/nothing/at/all")]
    [InlineData("PUT", "/articles/nothing-here")]
    [InlineData("DELETE", "/topics/nothing")]
    [InlineData("OPTIONS", "/authors/nobody")]
    [InlineData("POST", "/articles?page=99")]
    [InlineData("PATCH", "/articles/nothing-here/picture.png")]
    public async Task An_unknown_address_is_unknown_whatever_the_method(string method, string address)
    {
        using var answer = await site.AskAsync(new HttpMethod(method), address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.Allow);
        Assert.Contains("There is no page here", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_gets_a_page_that_helps()
    {
        var html = await (await site.AskAsync(HttpMethod.Get, "/articles/arm-twiching")).Content.ReadAsStringAsync(Stop);

        Assert.Contains("Did you mean", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/articles/arm-muscle-twitching\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"arm twiching\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/topics/causes\"", html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_visitor_typed_into_the_address_is_shown_encoded()
    {
        var html = await (await site.AskAsync(HttpMethod.Get, "/%3Cscript%3Ealert(1)%3C/script%3E")).Content.ReadAsStringAsync(Stop);

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_article_says_at_the_top_that_no_clinician_has_checked_it()
    {
        foreach (var article in site.Articles.Current.Latest)
        {
            var html = await (await site.AskAsync(HttpMethod.Get, article.Address)).Content.ReadAsStringAsync(Stop);

            Assert.InRange(
                html.IndexOf("Not yet checked by a clinician.", StringComparison.Ordinal), 1,
                html.IndexOf("<section class=\"card", StringComparison.Ordinal) is >= 0 and var card ? card : html.Length);
        }
    }

    /// <summary>Every header as it came, but for the time of day.</summary>
    private static List<string> AllHeaders(HttpResponseMessage answer) =>
        [.. answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).Where(header => header.Key is not "Date")
            .Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal)];

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));
}
