using System.Net;
using ArmTwitch.Search;

namespace ArmTwitch.Tests.Search;

public sealed class SearchTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly ArticleSearch search = shared.Site.Get<ArticleSearch>();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("arm twitching", "arm-muscle-twitching")]
    [InlineData("worms under the skin", "arm-muscle-twitching")]
    [InlineData("bicep twitch", "twitching-in-the-biceps")]
    [InlineData("cofee", "caffeine-alcohol-stress-and-sleep")]
    [InlineData("CAFFEINE", "caffeine-alcohol-stress-and-sleep")]
    [InlineData("neck", "pinched-nerves-neck-elbow-wrist")]
    [InlineData("magnesium", "salts-in-the-blood")]
    [InlineData("emergency help", "when-to-get-help")]
    [InlineData("motor neurone", "motor-neurone-disease")]
    [InlineData("exercising", "twitching-after-exercise")]
    [InlineData("son twitches at night", "when-to-get-help")]
    [InlineData("toddler twitching", "when-to-get-help")]
    [InlineData("my daughter has a twitch", "when-to-get-help")]
    [InlineData("kid twitching", "when-to-get-help")]
    [InlineData("boy twitches", "when-to-get-help")]
    [InlineData("girl twitching arm", "when-to-get-help")]
    [InlineData("baby twitching", "when-to-get-help")]
    public async Task What_people_type_leads_to_the_article_they_need(string query, string slug) =>
        Assert.Equal(slug, (await search.FindAsync(query, null, Stop))!.Hits[0].Article.Slug.ToString());

    [Theory]
    [InlineData("magnesum", "magnesium")]
    [InlineData("cofee", "coffee")]
    [InlineData("twiching musle", "twitching muscle")]
    public async Task A_misspelt_word_is_corrected_and_the_reader_is_told(string query, string readAs)
    {
        var results = await search.FindAsync(query, null, Stop);

        Assert.Equal(readAs, results!.ReadAs);
        Assert.NotEmpty(results.Hits);
    }

    [Fact]
    public async Task Synonyms_lead_to_an_article_and_are_never_shown()
    {
        var hit = (await search.FindAsync("worms under the skin", null, Stop))!.Hits[0];

        Assert.DoesNotContain("worms", string.Concat(hit.Snippet.Select(stretch => stretch.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Found_words_are_marked()
    {
        var snippet = (await search.FindAsync("magnesium", null, Stop))!.Hits[0].Snippet;

        Assert.Contains(snippet, stretch => stretch.IsFound && stretch.Text.Equals("magnesium", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("why is it doing that")]
    [InlineData("What is it?")]
    public async Task Stop_words_lead_to_the_article_that_most_readers_come_for(string query) =>
        Assert.Equal("arm-muscle-twitching", Assert.Single((await search.FindAsync(query, null, Stop))!.Hits).Article.Slug.ToString());

    [Fact]
    public async Task A_query_is_refused_when_too_many_wait()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        var finder = site.Get<ArticleSearch>();

        // The first waits for the index to be made, and the others for the first.
        var asked = Enumerable.Range(0, 40)
            .Select(network => finder.FindAsync("coffee", IPAddress.Parse($"192.0.{network}.1"), Stop)).ToList();
        var answers = await Task.WhenAll(asked);

        Assert.All(answers.Take(9), results => Assert.NotEmpty(results!.Hits));
        Assert.All(answers.Skip(9), Assert.Null);
        Assert.NotNull(await finder.FindAsync("coffee", null, Stop));
    }

    [Fact]
    public async Task One_network_cannot_take_all_places_of_the_queue()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        var finder = site.Get<ArticleSearch>();

        var many = Enumerable.Range(1, 40).Select(host => finder.FindAsync("coffee", IPAddress.Parse($"203.0.113.{host}"), Stop)).ToList();
        var other = await finder.FindAsync("coffee", IPAddress.Parse("192.0.2.1"), Stop);

        Assert.NotEmpty(other!.Hits);
        Assert.Equal(3, (await Task.WhenAll(many)).Count(results => results is not null));
    }

    [Fact]
    public async Task A_network_that_searches_too_often_is_told_when_to_try_again()
    {
        using var site = new TestSite(settings: [("Limits:SearchesInAMinute", "3")]);
        using var visitor = site.Visit();
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("/search?q=coffee"));

        using var refused = await visitor.GetAsync(new Uri("/search?q=coffee", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 2, 20);
        var html = await refused.Content.ReadAsStringAsync(Stop);
        Assert.Contains("value=\"coffee\"", html, StringComparison.Ordinal);
        Assert.Contains($"in {refused.Headers.RetryAfter.Delta.Value.TotalSeconds} seconds", html, StringComparison.Ordinal);
        Assert.Contains("/articles/when-to-get-help", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/search"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/articles/arm-muscle-twitching"));

        async Task<HttpStatusCode> StatusAsync(string address)
        {
            using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), Stop);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"")]
    [InlineData("\" OR 1=1 --")]
    [InlineData("title:arm")]
    [InlineData("NEAR(arm twitch, 2)")]
    [InlineData("arm*")]
    [InlineData("^arm")]
    [InlineData("- + ~ ( ) { } [ ]")]
    [InlineData("AND")]
    [InlineData("OR NOT")]
    [InlineData("'; drop table articles; --")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("🤖💪")]
    [InlineData("ذراع")]
    [InlineData("a\u0301\u0301\u0301\u0301")]
    [InlineData("\ud800")]
    public async Task Hostile_queries_are_answered(string query)
    {
        using var answer = await shared.Visitor.GetAsync(new Uri($"/search?q={Escape(query)}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/search?q=%00")]
    [InlineData("/search?q=%FF%FE")]
    [InlineData("/search?q=a&q=b")]
    [InlineData("/search?q[]=a")]
    [InlineData("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/search?q=%22%3E%3Cimg%20src%3Dx%3E")]
    public async Task Nothing_typed_becomes_markup(string address)
    {
        var html = await shared.Visitor.GetStringAsync(new Uri(address, UriKind.Relative), Stop);

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_very_long_query_is_cut_and_answered()
    {
        var html = await shared.Visitor.GetStringAsync(
            new Uri($"/search?q={string.Join('+', Enumerable.Repeat("arm", 1500))}", UriKind.Relative), Stop);

        Assert.Contains("Arm muscle twitching", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_articles_are_found_after_a_reload()
    {
        using var content = new ContentCopy();
        using var site = new TestSite(content.Folder);
        var finder = site.Get<ArticleSearch>();
        Assert.Empty((await finder.FindAsync("zebra", null, Stop))!.Hits);

        content.WriteArticle("two", "A zebra.");
        site.Get<ArmTwitch.Articles.ArticleLibrary>().Reload();

        // The old index answers until the new one is ready.
        for (var tries = 0; tries < 200 && (await finder.FindAsync("zebra", null, Stop))!.Hits.Count is 0; tries++)
            await Task.Delay(25, Stop);
        Assert.Single((await finder.FindAsync("zebra", null, Stop))!.Hits);
    }

    [Fact]
    public async Task A_change_is_indexed_before_the_next_query()
    {
        using var content = new ContentCopy();
        using var site = new TestSite(content.Folder);
        var finder = site.Get<ArticleSearch>();
        Assert.Empty((await finder.FindAsync("zebra", null, Stop))!.Hits);

        content.WriteArticle("two", "A zebra.");
        var library = site.Get<ArmTwitch.Articles.ArticleLibrary>();
        library.Reload();
        for (var tries = 0; tries < 400 && finder.Content != library.Current; tries++)
            await Task.Delay(25, Stop);

        Assert.Single((await finder.FindAsync("zebra", null, Stop))!.Hits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("withdrawn: 2026-11-22")]
    public async Task A_deleted_or_withdrawn_article_is_no_longer_found(string withdrawn)
    {
        using var content = new ContentCopy();
        content.WriteArticle("two", "A zebra.");
        using var site = new TestSite(content.Folder);
        var finder = site.Get<ArticleSearch>();
        Assert.Single((await finder.FindAsync("zebra", null, Stop))!.Hits);

        if (withdrawn.Length > 0)
            content.WriteArticle("two", "A zebra.", withdrawn);
        else
            content.Delete("articles/two.md");
        site.Get<ArmTwitch.Articles.ArticleLibrary>().Reload();

        Assert.Empty((await finder.FindAsync("zebra", null, Stop))!.Hits);
    }

    private static string Escape(string query) => string.Concat(System.Text.Encoding.UTF8.GetBytes(query).Select(part => $"%{part:X2}"));
}
