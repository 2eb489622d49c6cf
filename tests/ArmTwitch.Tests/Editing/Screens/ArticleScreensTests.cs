using System.Globalization;
using AngleSharp.Dom;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Publishing;
using ArmTwitch.Editing.Reports;
using ArmTwitch.Editing.Screens;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Editing.Screens;

/// <summary>The editors' list of articles, and the screen of one.</summary>
public sealed class ArticleScreensTests : IAsyncLifetime
{
    private readonly LintTestContent content = new();
    private readonly BunitContext bunit = new();
    private TestSite site = null!;

    public ValueTask InitializeAsync()
    {
        content.Files.Delete("articles/one.md");
        content.Files.Delete("articles/two.md");
        Write("fine", "title: All is fine");
        Write("draft", "title: A draft", "draft: true");
        Write("scheduled", "title: A scheduled one", "published: 2026-12-24");
        Write("held", "title: A held one", "summary: It is deadly.");
        Write("overdue", "title: An overdue one", "nextReview: 2026-11-29");
        Write("near", "title: One that is due soon", "nextReview: 2026-12-30");
        Write("later", "title: One that is due later", "nextReview: 2026-12-31");
        content.Files.Write("articles/broken.md", "---\ntitle: [Broken\n---\n\nWords.\n");
        site = new TestSite(content.Files.Folder, settings: [("Content:CheckRules", "true")]);
        bunit.Services.AddSingleton(site.Get<ArticleLibrary>()).AddSingleton(site.Get<ContentReports>())
            .AddSingleton(site.Get<IOptions<ContentOptions>>());
        bunit.AddAuthorization().SetAuthorized("Ada");
        bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await bunit.DisposeAsync();
        site.Dispose();
        content.Dispose();
    }

    [Fact]
    public void Every_file_stands_there_with_its_state_and_what_needs_somebody_comes_first()
    {
        var page = Open();

        Assert.Equal(
            [
                "A held one: held back", "articles/broken.md: held back", "An overdue one: published, review overdue",
                "One that is due soon: published, review due soon", "A draft: draft", "A scheduled one: scheduled",
                "All is fine: published", "One that is due later: published",
            ],
            Rows(page).Select(row => $"{Title(row)}: {string.Join(", ", row.QuerySelectorAll(".badge").Select(badge => badge.TextContent))}"));
        Assert.Contains("appears 24 Dec 2026 (UTC)", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A draft", "in the text that readers do not see yet")]
    [InlineData("A held one", "in the text that is held back")]
    [InlineData("A scheduled one", "in the text that readers do not see yet")]
    public void The_next_review_of_a_text_that_nobody_sees_yet_stands_there_too(string title, string expected)
    {
        var cell = Rows(Open()).Single(row => Title(row) == title).QuerySelector("[data-label='Next review']")!.TextContent.Trim();

        Assert.Matches($@"^\d+ \w+ \d{{4}} {expected}$", cell);
    }

    [Fact]
    public async Task What_was_found_in_a_file_opens_below_it_with_line_and_what_to_do()
    {
        var page = Open();

        await PressAsync(page, button => button.GetAttribute("aria-label") is "1 error, 1 remark in A held one");

        Assert.Equal(
            [
                "error\"deadly\" frightens. Say what it is and what to do, calmly. Line 3, rule fear-word",
                "remarkThe newest change has no seal. When the text is finished, ask whoever runs the site to seal it, with the command content check --accept. Line 13, rule unsealed",
            ],
            page.FindAll("tr.found li").Select(item => string.Join(
                ' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("error ", "error", StringComparison.Ordinal)
                .Replace("remark ", "remark", StringComparison.Ordinal)));
        Assert.Equal("true", page.Find("button[aria-label='1 error, 1 remark in A held one']").GetAttribute("aria-expanded"));
    }

    [Theory]
    [InlineData("to-mend", "A held one", "articles/broken.md")]
    [InlineData("held-back", "A held one", "articles/broken.md")]
    [InlineData("drafts", "A draft")]
    [InlineData("scheduled", "A scheduled one")]
    [InlineData("review-due", "An overdue one", "One that is due soon")]
    [InlineData("published", "An overdue one", "One that is due soon", "All is fine", "One that is due later")]
    public void A_tab_is_an_address_and_shows_what_it_counts(string show, params string[] titles)
    {
        var page = Open($"/moderation/articles?show={show}");

        Assert.Equal(titles, Rows(page).Select(Title));
        Assert.Equal(
            titles.Length.ToString(CultureInfo.InvariantCulture), page.Find(".tabs [aria-current] span").TextContent);
    }

    [Fact]
    public async Task The_list_is_searched_by_title_and_file_and_says_how_many_it_found()
    {
        var page = Open();

        await page.Find("#words").InputAsync("ONE that");
        Assert.Equal(["One that is due soon", "One that is due later"], Rows(page).Select(Title));
        Assert.Equal("2 articles.", page.Find("[role=status]").TextContent);

        await page.Find("#words").InputAsync("articles/fine");
        Assert.Equal(["All is fine"], Rows(page).Select(Title));

        await page.Find("#words").InputAsync("nothing of the kind");
        Assert.Contains("“nothing of the kind”", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_changes_shows_by_itself()
    {
        var page = Open();

        Write("held", "title: A mended one");
        site.Get<ArticleLibrary>().Reload();

        page.WaitForAssertion(
            () => Assert.Equal("A mended one: published, 1 remark found.", page.Find("[role=status]").TextContent), TimeSpan.FromSeconds(20));
        Assert.Contains("A mended one", Rows(page).Select(Title));
    }

    [Fact]
    public async Task Many_articles_come_in_pages()
    {
        for (var number = 10; number < 65; number++)
            Write($"more-{number}", $"title: More {number}");
        site.Get<ArticleLibrary>().Reload();
        var page = Open();

        Assert.Equal(50, Rows(page).Count);
        await PressAsync(page, button => button.TextContent is "Next 50");

        Assert.Equal(13, Rows(page).Count);
        Assert.Contains("51–63 of 63", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_in_another_file_is_told_below()
    {
        content.Files.Write("topics.yml", "nerves: {titel: Nerves, summary: About nerves.}\n");
        site.Get<ArticleLibrary>().Reload();

        var page = Open();

        Assert.Contains(
            page.FindAll("section[aria-labelledby=others] .where").Select(where => where.TextContent),
            where => where.StartsWith("topics.yml, line 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("held", "Readers see nothing of it yet. It appears by itself as soon as the error below is mended.")]
    [InlineData("draft", "Readers see nothing of it yet. It is a draft until “draft: true” is taken out of its first lines.")]
    [InlineData("scheduled", "Readers see nothing of it yet. It appears by itself on 24 Dec 2026, at midnight UTC.")]
    [InlineData("fine", "Readers see this version.")]
    public void An_article_says_what_readers_see_and_what_would_change_it(string slug, string told)
    {
        var page = OpenArticle(slug);

        Assert.Contains(told, page.FindAll("p").Select(line => line.TextContent));
        Assert.StartsWith(
            $"/moderation/articles/{slug}/preview?dark=false&short=false&shown={(slug is "fine" ? "true" : "false")}&text=",
            page.Find("iframe").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal(ArticlePreview.Sandbox, page.Find("iframe").GetAttribute("sandbox"));
    }

    [Fact]
    public void The_issues_that_an_article_stands_in_are_named_with_links()
    {
        bunit.Services.AddSingleton(site.Get<IEnumerable<IArticleUseFinder>>());
        content.Files.Write("newsletters/winter.md", "---\nsubject: Winter arms\npreheader: P\narticles: [fine]\n---\n\nHello.\n");
        content.Files.Write("newsletters/spring.md", "---\nsubject: Spring arms\npreheader: P\n---\n\n[Look](/articles/fine).\n");
        content.Files.Write("newsletters/other.md", "---\nsubject: Others\npreheader: P\narticles: [near]\n---\n\nHello.\n");
        site.Get<ArticleLibrary>().Reload();

        var page = OpenArticle("fine");

        page.WaitForAssertion(() => Assert.Equal(
            ["/moderation/newsletter/spring Spring arms: draft", "/moderation/newsletter/winter Winter arms: draft"],
            page.FindAll("section[aria-labelledby=uses] li").Select(
                item => $"{item.QuerySelector("a")!.GetAttribute("href")} {item.TextContent.Trim()}").Order()));
    }

    [Fact]
    public void Times_are_said_in_the_zone_of_the_browser_with_utc_beside_it_and_the_day_of_an_article_is_the_same_everywhere()
    {
        bunit.JSInterop.SetupModule(_ => true).Setup<string?>("zone", _ => true).SetResult("America/Los_Angeles");

        var page = OpenArticle("scheduled");

        page.WaitForAssertion(() => Assert.Contains(
            "Readers see nothing of it yet. It appears by itself on 24 Dec 2026, at midnight UTC (for you 23 Dec 2026, 16:00).",
            page.FindAll("p").Select(line => line.TextContent)));
        Assert.Matches(@"^\d+ \w+ 20\d\d, \d\d:\d\d \(.*\d\d:\d\d UTC\)$", page.Find(".facts time").TextContent);
    }

    [Fact]
    public async Task The_preview_is_of_a_phone_or_a_desktop_in_the_light_or_in_the_dark()
    {
        var page = OpenArticle("draft");

        await Press("Desktop");
        await Press("Dark");
        await Press("In short");

        Assert.Equal("desktop", page.Find("iframe").ClassName);
        Assert.Contains("?dark=true&short=true&shown=false", page.Find("iframe").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal("The page as a desktop shows it, dark", page.Find("iframe").GetAttribute("title"));

        Task Press(string name) => PressAsync(page, button => button.TextContent == name);
    }

    [Fact]
    public async Task A_draft_of_a_published_article_can_be_held_against_what_readers_see()
    {
        Write("fine", "title: Worked on", "draft: true");
        site.Get<ArticleLibrary>().Reload();
        var page = OpenArticle("fine");

        Assert.Contains("shown=false", page.Find("iframe").GetAttribute("src"), StringComparison.Ordinal);
        await PressAsync(page, button => button.TextContent is "What readers see");

        Assert.Contains("shown=true", page.Find("iframe").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Contains("Readers still see the version before.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_follows_the_file()
    {
        var page = OpenArticle("draft");
        var before = page.Find("iframe").GetAttribute("src");

        content.Files.Write(
            "articles/draft.md", LintTestContent.Article(LintTestContent.Whole + "\n\nMore words.", "title: A draft", "draft: true"));
        site.Get<ArticleLibrary>().Reload();

        page.WaitForAssertion(
            () => Assert.StartsWith("Its file was saved: draft", page.Find("[role=status]").TextContent, StringComparison.Ordinal),
            TimeSpan.FromSeconds(20));
        Assert.NotEqual(before, page.Find("iframe").GetAttribute("src"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_says_why_and_has_no_preview()
    {
        var page = OpenArticle("broken");

        Assert.Contains("This is not YAML", page.Find(".faults").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("iframe"));
    }

    [Fact]
    public void An_address_of_no_article_says_so()
    {
        var page = bunit.Render<ArticleScreen>(parameters => parameters.Add(screen => screen.Name, "nothing"));

        page.WaitForAssertion(() => Assert.Equal("There is no such article", page.Find("h1").TextContent), TimeSpan.FromSeconds(20));
    }

    private void Write(string slug, params string[] frontMatter) => content.Files.Write(
        $"articles/{slug}.md",
        LintTestContent.Article(LintTestContent.Whole, [.. frontMatter, "related: [{article: fine, sign: It tingles.}]", "purpose: To know."]));

    private IRenderedComponent<ArticleListScreen> Open(string address = "/moderation/articles")
    {
        bunit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = bunit.Render<ArticleListScreen>();
        page.WaitForElement("table", TimeSpan.FromSeconds(20));
        return page;
    }

    private IRenderedComponent<ArticleScreen> OpenArticle(string slug)
    {
        var page = bunit.Render<ArticleScreen>(parameters => parameters.Add(screen => screen.Name, slug));
        page.WaitForElement("dl", TimeSpan.FromSeconds(20));
        return page;
    }

    private static List<IElement> Rows(IRenderedComponent<ArticleListScreen> page) => [.. page.FindAll("tbody tr:not(.found)")];

    private static string Title(IElement row) => row.QuerySelector("a")!.TextContent;

    /// <summary>Finds and presses a button in one step, since a page that follows the files may render in between.</summary>
    private static Task PressAsync<T>(IRenderedComponent<T> page, Func<IElement, bool> which) where T : IComponent =>
        page.InvokeAsync(() => page.FindAll("button").Single(which).ClickAsync(new()));
}
