using System.Net;
using ArmTwitch.Search;

namespace ArmTwitch.Tests.Search;

/// <summary>What the search page leads to, and what it shows to somebody who finds nothing.</summary>
public sealed class SearchPageTests(SharedSite shared) : SearchTestBase(shared)
{
    [Fact]
    public async Task The_longest_text_is_answered_in_time()
    {
        await FindAsync(string.Concat(Enumerable.Repeat("coffee ", 60)));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await FindAsync(string.Concat(Enumerable.Repeat("i cant rember nothnig ", 180)));

        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
    }

    [Fact]
    public async Task Who_finds_nothing_gets_what_comes_close_where_to_get_help_and_the_topics()
    {
        var html = await PageAsync("qwertyzuiop");

        Assert.Contains("Nothing here has these words", html, StringComparison.Ordinal);
        foreach (var address in new[] { "/articles/arm-muscle-twitching", "/articles/when-to-get-help", "/check", "/topics/causes" })
            Assert.Contains($"<a href=\"{address}\">", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("withdraw comment", "/comment-rules")]
    [InlineData("delete my comment", "/comment-rules")]
    [InlineData("leave newsletter", "/newsletter/manage")]
    [InlineData("unsubscribe", "/newsletter/manage")]
    [InlineData("unsubscibe", "/newsletter/manage")]
    [InlineData("print sheet", "/visit-sheet")]
    public async Task A_page_on_which_to_do_it_stands_above_the_articles(string query, string address)
    {
        var html = await PageAsync(query);

        var link = html.IndexOf($"<a href=\"{address}\">", html.IndexOf("role=\"search\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.InRange(link, 0, html.Contains("<ol class=\"links\">", StringComparison.Ordinal)
            ? html.IndexOf("<ol class=\"links\">", StringComparison.Ordinal)
            : html.IndexOf("<footer", StringComparison.Ordinal));
        Assert.DoesNotContain("Nothing here has these words", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_that_search_leads_to_is_there()
    {
        var pages = Shared.Site.Get<ArmTwitch.Articles.ArticleLibrary>().Current.Tables.SearchWords.Pages;

        Assert.NotEmpty(pages);
        foreach (var page in pages)
        {
            using var answer = await Shared.Visitor.GetAsync(new Uri(page.Link.Address, UriKind.Relative), Stop);
            Assert.Equal((page.Link.Address, HttpStatusCode.OK), (page.Link.Address, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_sign_with_a_new_name_breaks_no_query_while_the_words_of_search_cannot_be_read()
    {
        using var content = new ContentCopy();
        content.Write("signs.yml", "chest-pain: {level: emergency, says: \"your chest hurts [@F001]\"}\n");
        content.Write("search-words.yml", "dangers:\n  - {sign: chest-pain, typed: [chest]}\n");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        Assert.Contains("your chest hurts", await visitor.GetStringAsync(AddressOf("chest"), Stop), StringComparison.Ordinal);

        content.Write("signs.yml", "chest-hurts: {level: emergency, says: \"your chest hurts [@F001]\"}\n");
        content.Write("search-words.yml", "dangers: [");
        site.Get<ArmTwitch.Articles.ArticleLibrary>().Reload();
        var danger = site.Get<ArticleSearch>().DangerIn("chest");
        await site.Get<ArticleSearch>().FindAsync("chest", null, Stop);
        using var answer = await visitor.GetAsync(AddressOf("chest"), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(danger.HasCard);
    }

    [Theory]
    [InlineData("itself")]
    [InlineData("one can")]
    [InlineData("arm twitching while I watch the window")]
    [InlineData("whats wrong, cant sleep, isnt it, wont stop")]
    public async Task A_common_English_word_is_never_corrected(string query) =>
        Assert.Null((await FindAsync(query)).ReadAs);
}
