using System.Net;

namespace ArmTwitch.Tests.Articles.Content;

/// <summary>Files that break, are mended, come and go while the site runs.</summary>
public sealed class ContentReloadTests : IDisposable
{
    private readonly ContentCopy content = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_can_come_change_break_and_go_without_a_restart(bool polling)
    {
        content.WriteArticle("two", "The second.");
        using var site = new TestSite(content.Folder, settings: polling ? [("Content:PollSeconds", "0.2")] : []);
        using var visitor = site.Visit();
        await UntilAsync(visitor, "/articles/one", "Some words");
        await UntilAsync(visitor, "/articles", "Article two");

        content.WriteArticle("three", "A third one.");
        await UntilAsync(visitor, "/articles/three", "A third one.");
        await UntilAsync(visitor, "/articles", "Article three");

        content.WriteArticle("three", "A third one, better.");
        await UntilAsync(visitor, "/articles/three", "better");

        content.WriteArticle("three", ":::nonsense\nBroken.\n:::");
        await UntilAsync(visitor, "/health/ready", "unknown-block");
        Assert.Contains("better", await ReadAsync(visitor, "/articles/three"), StringComparison.Ordinal);
        Assert.Contains("\"degraded\"", await ReadAsync(visitor, "/health/ready"), StringComparison.Ordinal);

        content.WriteArticle("three", "A third one, mended.");
        await UntilAsync(visitor, "/articles/three", "mended");
        Assert.Contains("\"healthy\"", await ReadAsync(visitor, "/health/ready"), StringComparison.Ordinal);

        content.Delete("articles/three.md");
        await UntilAsync(visitor, "/articles/three", "There is no page here");
        await UntilAsync(visitor, "/articles", "Article three", isThere: false);
        await UntilAsync(visitor, "/sitemap.xml", "Article three", isThere: false);
    }

    [Fact]
    public async Task A_file_that_is_broken_at_the_start_is_left_out_and_reported()
    {
        content.WriteArticle("two", ":::nonsense\nBroken.\n:::");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        using var broken = await visitor.GetAsync(new Uri("/articles/two", UriKind.Relative), Stop);
        using var health = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, broken.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Contains(
            "articles/two.md:14:1: error unknown-block", await health.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("\"1 article, 1 fault\"", await health.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_symbolic_link_to_itself_stops_nothing_else()
    {
        File.CreateSymbolicLink(content.PathOf("articles/loop.md"), "loop.md");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        Assert.Contains("Some words", await ReadAsync(visitor, "/articles/one"), StringComparison.Ordinal);
        content.WriteArticle("two", "A second one.");
        await UntilAsync(visitor, "/articles/two", "A second one.");
        Assert.Contains("articles/loop.md:1:1: error unreadable", await ReadAsync(visitor, "/health/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Articles_stay_when_their_folder_vanishes_and_that_is_reported()
    {
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        await UntilAsync(visitor, "/articles/one", "Some words");

        // Moved in one step: files that go one after the other are articles taken out.
        Directory.Move(content.PathOf("articles"), content.PathOf("elsewhere"));
        await UntilAsync(visitor, "/health/ready", "degraded");

        Assert.Contains("Some words", await ReadAsync(visitor, "/articles/one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_table_of_facts_keeps_what_it_said_before()
    {
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        await UntilAsync(visitor, "/articles/one", "A page on twitching");

        content.Write("references.yml", "facts: [");
        await UntilAsync(visitor, "/health/ready", "references.yml");

        Assert.Contains("A page on twitching", await ReadAsync(visitor, "/articles/one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_pages_that_show_a_changed_file_are_made_again()
    {
        foreach (var (index, slug) in new[] { "a", "b", "c", "d", "e" }.Index())
            content.WriteArticle(slug, published: $"2026-11-0{9 - index}");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        var store = site.Get<ArmTwitch.Pages.Store.PageStore>();
        foreach (var address in new[] { "/articles/a", "/articles/e", "/articles", "/about", "/feed.xml" })
            await ReadAsync(visitor, address);

        content.WriteArticle("a", "Other words, same title.", published: "2026-11-09");
        site.Get<ArmTwitch.Articles.ArticleLibrary>().Reload();

        Assert.Null(store.Find("/articles/a"));
        Assert.Null(store.Find("/feed.xml"));
        Assert.NotNull(store.Find("/articles/e"));
        Assert.NotNull(store.Find("/articles"));
        Assert.NotNull(store.Find("/about"));
    }

    [Fact]
    public async Task A_page_is_made_again_when_a_neighbour_or_related_article_is_renamed()
    {
        content.WriteArticle("a", published: "2026-11-09");
        content.WriteArticle("b", published: "2026-11-08");
        content.WriteArticle("c", published: "2026-11-07");
        content.WriteArticle("d", published: "2026-11-06", frontMatter: "related: [a]");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        foreach (var slug in new[] { "a", "b", "c", "d" })
            await ReadAsync(visitor, $"/articles/{slug}");

        content.WriteArticle("a", title: "Another name", published: "2026-11-09");
        site.Get<ArmTwitch.Articles.ArticleLibrary>().Reload();

        Assert.Contains("Another name", await ReadAsync(visitor, "/articles/b"), StringComparison.Ordinal);
        Assert.Contains("Another name", await ReadAsync(visitor, "/articles/d"), StringComparison.Ordinal);
        Assert.NotNull(site.Get<ArmTwitch.Pages.Store.PageStore>().Find("/articles/c"));
    }

    [Fact]
    public async Task A_page_is_overdue_from_the_day_after_its_review_was_due()
    {
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        site.Clock.SetUtcNow(new DateTimeOffset(2027, 11, 22, 23, 59, 59, TimeSpan.Zero));
        Assert.DoesNotContain("overdue", await TextAsync(), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("This page is overdue for review.", await TextAsync(), StringComparison.Ordinal);

        async Task<string> TextAsync() => (await ReadAsync(visitor, "/articles/one")).Split("</style>")[1];
    }

    [Fact]
    public async Task A_withdrawn_article_is_gone_and_says_so()
    {
        content.WriteArticle("two", frontMatter: "withdrawn: 2026-11-20\nrelated: [one]");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        visitor.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", "*");
        using var gone = await visitor.GetAsync(new Uri("/articles/two", UriKind.Relative), Stop);
        visitor.DefaultRequestHeaders.Clear();
        var html = await gone.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("20 November 2026", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/articles/one\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Article two", await ReadAsync(visitor, "/articles"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/articles/two/comments")]
    [InlineData("/articles/two/comments?page=2")]
    [InlineData("/articles/two/picture.png")]
    [InlineData("/articles/old/comments")]
    [InlineData("/articles/old/picture.png")]
    public async Task The_parts_of_a_withdrawn_article_are_gone_too(string address)
    {
        content.WriteArticle("two", frontMatter: "withdrawn: 2026-11-20\naliases: [old]");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        using var gone = await visitor.GetAsync(new Uri(address, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("This page was taken back", await gone.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_at_an_old_address_leads_to_the_new_one()
    {
        content.WriteArticle("two", frontMatter: "aliases: [old]");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        using var moved = await visitor.GetAsync(new Uri("/articles/old/picture.png", UriKind.Relative), Stop);

        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/articles/two/picture.png"), (moved.StatusCode, moved.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Without_a_content_folder_the_site_is_unhealthy_and_still_answers()
    {
        content.Delete("articles/one.md");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        Directory.Delete(content.PathOf("articles"));
        site.Get<ArmTwitch.Articles.ArticleLibrary>().Reload();
        using var health = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);
        using var home = await visitor.GetAsync(new Uri("/", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    private static async Task<string> ReadAsync(HttpClient visitor, string address)
    {
        using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    /// <summary>Asks again until the page has the words; file events take a moment to arrive.</summary>
    private static async Task UntilAsync(HttpClient visitor, string address, string words, bool isThere = true)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while ((await ReadAsync(visitor, address)).Contains(words, StringComparison.Ordinal) != isThere)
        {
            Assert.False(patience.IsCancellationRequested, $"{address} never {(isThere ? "said" : "stopped saying")} \"{words}\"");
            await Task.Delay(50, Stop);
        }
    }
}
