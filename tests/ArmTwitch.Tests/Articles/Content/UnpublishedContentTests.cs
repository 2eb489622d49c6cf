using System.Net;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing;
using ArmTwitch.Tests.Editing;

namespace ArmTwitch.Tests.Articles.Content;

/// <summary>What readers do not see yet: drafts, articles whose day lies ahead, and files that break a rule of writing.</summary>
public sealed class UnpublishedContentTests : IDisposable
{
    private readonly LintTestContent content = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public UnpublishedContentTests()
    {
        content.Files.Delete("articles/one.md");
        content.Files.Delete("articles/two.md");
    }

    public void Dispose() => content.Dispose();

    public static TheoryData<string, string> HeldBack => new()
    {
        { "a draft", Article("draft: true") },
        { "a day that lies ahead", Article("published: 2026-12-01") },
        { "a text without its emergency card", Article(LintTestContent.Whole.Split(":::\n\n")[1]) },
        { "a word that frightens", Article(LintTestContent.Whole + "\n\nIt is deadly.") },
    };

    [Theory]
    [MemberData(nameof(HeldBack))]
    public async Task Readers_see_nothing_of_what_is_not_finished(string why, string text)
    {
        content.Files.Write("articles/held.md", text);
        using var site = Site();
        using var visitor = site.Visit();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, "/articles/held"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, "/articles/held/picture.png"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, "/articles/held/comments"));
        foreach (var list in new[]
        {
            "/",
            "/articles",
            "/topics/nerves",
            "/authors/somebody",
            "/feed.xml",
            "/feed.json",
            "/sitemap.xml",
            "/search?q=kept+secret",
            "/editorial-policy/scorecard"
        })
            Assert.False(
                (await visitor.GetStringAsync(new Uri(list, UriKind.Relative), Stop)).Contains("held", StringComparison.OrdinalIgnoreCase),
                $"{list} tells of {why}");
    }

    [Theory]
    [MemberData(nameof(HeldBack))]
    public async Task The_last_good_version_stays_until_the_new_one_is_finished(string why, string text)
    {
        content.Files.Write("articles/held.md", Article("title: The first version"));
        using var site = Site();
        using var visitor = site.Visit();
        Assert.Contains(
            "The first version", await visitor.GetStringAsync(new Uri("/articles/held", UriKind.Relative), Stop), StringComparison.Ordinal);

        content.Files.Write("articles/held.md", text);
        site.Get<ArticleLibrary>().Reload();

        Assert.True(
            (await visitor.GetStringAsync(new Uri("/articles/held", UriKind.Relative), Stop))
                .Contains("The first version", StringComparison.Ordinal),
            $"{why} replaced it");
    }

    [Fact]
    public async Task An_article_appears_on_its_day_without_a_change_of_its_file()
    {
        content.Files.Write("articles/held.md", Article("published: 2026-12-01"));
        using var site = Site();
        using var visitor = site.Visit();
        site.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero));
        site.Get<ArticleLibrary>().Reload();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, "/articles/held"));

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        site.Get<ArticleLibrary>().Reload();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/articles/held"));
        Assert.Contains(
            "/articles/held", await visitor.GetStringAsync(new Uri("/articles", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_appears_by_itself_when_its_day_begins()
    {
        content.Files.Write("articles/held.md", Article("published: 2026-12-02"));
        using var site = Site();
        using var visitor = site.Visit();
        Assert.DoesNotContain(
            "/articles/held", await visitor.GetStringAsync(new Uri("/articles", UriKind.Relative), Stop), StringComparison.Ordinal);
        var appeared = new TaskCompletionSource<ContentChange>();
        site.Get<ArticleLibrary>().Changed += appeared.SetResult;
        site.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 23, 59, 59, TimeSpan.Zero));

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await appeared.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/articles/held"));
        Assert.Contains(
            "/articles/held", await visitor.GetStringAsync(new Uri("/articles", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_breaks_a_rule_keeps_its_last_good_version()
    {
        using var site = Site();
        using var visitor = site.Visit();
        Assert.Contains("Words.", await visitor.GetStringAsync(new Uri("/about", UriKind.Relative), Stop), StringComparison.Ordinal);

        content.Files.Write(
            "pages/about.md", "---\ntitle: About\nsummary: What this is.\nlastReviewed: 2026-11-22\n---\n\nIt is deadly.\n");
        site.Get<ArticleLibrary>().Reload();

        Assert.Contains("Words.", await visitor.GetStringAsync(new Uri("/about", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_rule_is_reported_but_not_in_a_draft()
    {
        content.Files.Write("articles/held.md", Article(LintTestContent.Whole + "\n\nIt is deadly."));
        content.Files.Write("articles/draft.md", Article("draft: true", LintTestContent.Whole + "\n\nIt is deadly."));
        using var site = Site();
        using var visitor = site.Visit();

        var diagnostic = Assert.Single(site.Get<ArticleLibrary>().Current.Faults);

        Assert.Equal("articles/held.md", diagnostic.File);
        Assert.Equal("fear-word", diagnostic.Rule);
        Assert.Equal(2, site.Get<ArticleLibrary>().Current.Unpublished.Count);
    }

    public static TheoryData<string, string> Hidden => new()
    {
        { "draft: true", "\"articles/held.md\" is a draft, so readers do not see it. Take the link out until it is finished." },
        {
            "published: 2026-12-05",
            "\"articles/held.md\" is not shown before 2026-12-05. Take the link out until then, or give that article an earlier day."
        },
        {
            "summary: It is deadly.",
            "\"articles/held.md\" is held back for its faults, so readers do not see it. Mend that file, or take the link out."
        },
    };

    [Theory]
    [MemberData(nameof(Hidden))]
    public void A_link_to_a_hidden_article_is_reported_with_the_reason(string why, string told)
    {
        content.Files.Write("articles/held.md", Article(why));
        content.Files.Write("articles/one.md", Article("title: Shown", LinkingTo("held")));
        content.Files.Write(
            "pages/about.md",
            "---\ntitle: About\nsummary: What this is.\nlastReviewed: 2026-11-22\n---\n\nSee [the other](/articles/held).\n");
        using var site = Site();
        using var visitor = site.Visit();

        var faults = site.Get<ArticleLibrary>().Current.Faults.Where(fault => fault.Rule is "hidden-link").ToList();

        Assert.Equal(["articles/one.md", "pages/about.md"], faults.Select(fault => fault.File));
        Assert.All(faults, fault => Assert.Equal(told, $"{fault.What} {fault.Right}"));
        Assert.Single(site.Get<ArticleLibrary>().Current.Latest);
    }

    [Theory]
    [InlineData("2026-12-04", "articles/held.md")]
    [InlineData("2026-12-05", null)]
    public void An_article_that_appears_before_the_one_it_links_to_is_warned_of(string published, string? warned)
    {
        content.Files.Write("articles/later.md", Article("published: 2026-12-05"));
        content.Files.Write(
            "articles/held.md", Article("title: Held").Replace("2026-11-22\nlast", $"{published}\nlast", StringComparison.Ordinal)
                .Replace("Rest and", "See [the other](/articles/later), rest and", StringComparison.Ordinal));
        using var site = Site();
        using var visitor = site.Visit();
        var now = site.Get<ArticleLibrary>().Current;

        var warnings = now.Warnings.Where(warning => warning.Rule is "hidden-link").Select(warning => warning.File);
        var checks = ContentCheck.Run(content.Files.Folder, LintContext.Of(new ContentOptions(), site.Clock)).Faults
            .Where(warning => warning.Rule is "hidden-link").Select(warning => warning.File);

        Assert.Empty(now.Faults);
        Assert.Equal(warned is null ? [] : [warned], warnings);
        Assert.Equal(warned is null ? [] : [warned], checks);
    }

    [Fact]
    public void Every_file_has_a_state()
    {
        content.Files.Write("articles/draft.md", Article("draft: true"));
        content.Files.Write("articles/scheduled.md", Article("published: 2026-12-05"));
        content.Files.Write("articles/broken.md", Article("summary: It is deadly."));
        content.Files.Write("articles/unreadable.md", "---\ntitle: [\n---\n\nWords.\n");
        content.Files.Write("articles/withdrawn.md", Article("withdrawn: 2026-11-25"));
        content.Files.Write("articles/published.md", Article("title: Shown"));
        using var site = Site();
        using var visitor = site.Visit();

        Assert.Equal(
            [
                "articles/broken.md: HeldBack", "articles/draft.md: Draft", "articles/published.md: Published",
                "articles/scheduled.md: Scheduled", "articles/unreadable.md: HeldBack", "articles/withdrawn.md: Withdrawn",
            ],
            site.Get<ArticleLibrary>().Current.Files.Select(file => $"{file.File}: {file.State}"));
    }

    [Fact]
    public void A_start_checks_only_changed_files_against_the_rules()
    {
        content.Files.Write("articles/one.md", Article("title: The first"));
        using var site = Site();
        using var visitor = site.Visit();
        var kept = Path.Combine(site.DataFolder, "sound-content.txt");
        var before = File.ReadAllLines(kept);

        content.Files.Write("articles/three.md", Article("title: The third"));
        site.Get<ArticleLibrary>().Reload();
        var after = File.ReadAllLines(kept);

        Assert.Equal(2, before.Length);
        Assert.Single(after.Except(before));
        Assert.Empty(before.Except(after));
    }

    private static string LinkingTo(string slug) =>
        LintTestContent.Whole.Replace("Rest and", $"See [the other](/articles/{slug}), rest and", StringComparison.Ordinal);

    private TestSite Site() => new(content.Files.Folder, settings: [("Content:CheckRules", "true")]);

    /// <param name="frontMatter">One line of it; a whole text stands alone.</param>
    private static string Article(string frontMatter, string? body = null) =>
        frontMatter.Contains(": ", StringComparison.Ordinal) && !frontMatter.Contains('\n', StringComparison.Ordinal)
            ? LintTestContent.Article(body ?? LintTestContent.Whole, frontMatter)
                .Replace("related: [{article: two, sign: It tingles.}]", "related: []", StringComparison.Ordinal)
            : Article("title: Held back", frontMatter);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient visitor, string address)
    {
        using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), Stop);
        return answer.StatusCode;
    }
}
