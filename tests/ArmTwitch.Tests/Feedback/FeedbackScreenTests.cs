using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Feedback;
using ArmTwitch.Feedback.Screens;
using ArmTwitch.Tests.Comments;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Feedback;

/// <summary>What editors see of the answers, and what they do with the notes.</summary>
public abstract class FeedbackScreenTests(DatabaseKind database) : CommentSiteTests(database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Editors_see_the_article_with_most_to_mend_first_with_its_title_and_a_link_to_its_file()
    {
        await AddAsync(Answer("arm-muscle-twitching", useful: true, daysAgo: 8), Answer("salts-in-the-blood", useful: false));
        await using var bunit = Screen();

        var page = Open(bunit);

        Assert.Equal(
            ["/moderation/articles/salts-in-the-blood", "/moderation/articles/arm-muscle-twitching"],
            page.FindAll("table tbody th a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Low salts in the blood (electrolytes) and twitching", page.Find("table tbody th a").TextContent);
        Assert.Equal(
            [
                "Answers in the last 12 weeks. First half: 0 yes, 0 no. Second half: 0 yes, 1 no. week 12: 1 no of 1.",
                "Answers in the last 12 weeks. First half: 0 yes, 0 no. Second half: 1 yes, 0 no. week 11: 0 no of 1.",
            ],
            page.FindAll(".chart title").Select(title => title.TextContent));
    }

    [Fact]
    public async Task A_chart_stacks_the_answers_of_each_week_on_one_scale_for_all_articles()
    {
        await AddAsync(
            Answer("arm-muscle-twitching", useful: false, daysAgo: 8), Answer("arm-muscle-twitching", useful: true, daysAgo: 8),
            Answer("arm-muscle-twitching", useful: true, daysAgo: 8), Answer("arm-muscle-twitching", useful: true, daysAgo: 8),
            Answer("salts-in-the-blood", useful: false));
        await using var bunit = Screen();

        var page = Open(bunit);

        // Of four answers on one article in a week, the most of any, one is a quarter of the height; the other article has a quarter too.
        Assert.Equal(["reject 121 30 10", "approve 121 0 30", "axis 0 40 1"], Bars(0));
        Assert.Equal(["reject 133 30 10", "axis 0 40 1"], Bars(1));
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);

        IEnumerable<string> Bars(int article) => page.FindAll("svg.chart")[article].QuerySelectorAll("rect")
            .Select(bar => $"{bar.ClassName} {bar.GetAttribute("x")} {bar.GetAttribute("y")} {bar.GetAttribute("height")}");
    }

    [Theory]
    [InlineData(5, 0, 0, 5, "better")]
    [InlineData(0, 5, 5, 0, "worse")]
    [InlineData(3, 2, 3, 2, "steady")]
    [InlineData(4, 0, 0, 9, "too few to tell")]
    public async Task The_trend_holds_the_last_weeks_against_those_before(int lastYes, int lastNo, int yes, int no, string trend)
    {
        await AddAsync([
            .. Several(lastYes, useful: true, daysAgo: 3), .. Several(lastNo, useful: false, daysAgo: 3), .. Several(yes, useful: true, daysAgo: 40),
            .. Several(no, useful: false, daysAgo: 40),
        ]);
        await using var bunit = Screen();

        Assert.Equal(trend, Open(bunit).Find(".trend").TextContent);
    }

    [Fact]
    public async Task A_note_is_marked_as_handled_leaves_the_list_and_can_be_taken_back()
    {
        await AddAsync(Answer("salts-in-the-blood", useful: false, note: "I miss <magnesium>."), Answer("salts-in-the-blood", useful: true, note: "Thanks.", daysAgo: 1));
        await using var bunit = Screen();
        var page = Open(bunit);
        Assert.Equal(["I miss <magnesium>.", "Thanks."], page.FindAll(".note").Select(note => note.TextContent));

        await PressAsync(page, "Mark as handled");
        Assert.Equal(["Thanks."], page.FindAll(".note").Select(note => note.TextContent));
        Assert.Equal("Marked as handled. 1 left.", page.Find("[role=status]").TextContent);
        Assert.Equal(site.Site.Clock.GetUtcNow(), (await KeptAsync("I miss <magnesium>.")).HandledAt);

        await PressAsync(page, "Undo");
        Assert.Equal(2, page.FindAll(".note").Count);
        Assert.Null((await KeptAsync("I miss <magnesium>.")).HandledAt);
    }

    [Fact]
    public async Task Who_presses_twice_before_the_answer_comes_was_not_too_late()
    {
        await AddAsync(
            Answer("salts-in-the-blood", useful: false, note: "I miss salt."), Answer("salts-in-the-blood", useful: true, note: "Thanks.", daysAgo: 1));
        await using var bunit = Screen();
        var page = Open(bunit);
        var name = Button("Mark as handled")!.GetAttribute("aria-label");

        await page.InvokeAsync(() => Task.WhenAll(PressOnceAsync(), PressOnceAsync()));

        Assert.Equal("Marked as handled. 1 left.", page.Find("[role=status]").TextContent);
        Assert.NotNull(Button("Undo"));

        AngleSharp.Dom.IElement? Button(string words) => page.FindAll("button").FirstOrDefault(one => one.TextContent == words);

        Task PressOnceAsync() =>
            page.FindAll("button").FirstOrDefault(one => one.GetAttribute("aria-label") == name)?.ClickAsync(new()) ?? Task.CompletedTask;
    }

    [Fact]
    public async Task Of_two_editors_who_mark_a_note_the_second_is_told()
    {
        await AddAsync(Answer("salts-in-the-blood", useful: false, note: "I miss salt."));
        await using var bunit = Screen();
        var page = Open(bunit);
        await site.Site.Get<FeedbackNotes>().MarkAsync((await KeptAsync("I miss salt.")).Id, isHandled: true, Stop);

        await PressAsync(page, "Mark as handled");

        Assert.Equal("A colleague was faster, or the note is gone.", page.Find("[role=status]").TextContent);
        Assert.Equal("Every note is handled.", page.Find("section .empty").TextContent);
    }

    [Theory]
    [InlineData("?notes=handled", "Done")]
    [InlineData("?notes=all", "New", "Other", "Done")]
    [InlineData("?article=salts-in-the-blood", "New")]
    [InlineData("?notes=all&article=salts-in-the-blood", "New", "Done")]
    public async Task Notes_are_shown_by_state_and_by_article(string query, params string[] notes)
    {
        var done = Answer("salts-in-the-blood", useful: false, note: "Done", daysAgo: 2);
        done.HandledAt = site.Site.Clock.GetUtcNow();
        await AddAsync(
            Answer("salts-in-the-blood", useful: false, note: "New"), Answer("arm-muscle-twitching", useful: true, note: "Other", daysAgo: 1), done);
        await using var bunit = Screen();

        Assert.Equal(notes, Open(bunit, query).FindAll(".note").Select(note => note.TextContent));
    }

    [Fact]
    public async Task Many_notes_come_in_pages_and_none_is_shown_twice()
    {
        await AddAsync([.. Enumerable.Range(0, FeedbackNotes.AtOnce + 3)
            .Select(number => Answer("salts-in-the-blood", useful: false, note: $"Note {number}"))]);
        await using var bunit = Screen();
        var page = Open(bunit);
        var first = page.FindAll(".note").Select(note => note.TextContent).ToList();

        await PressAsync(page, "Older");
        var second = page.FindAll(".note").Select(note => note.TextContent).ToList();

        Assert.Equal((FeedbackNotes.AtOnce, 3), (first.Count, second.Count));
        Assert.Empty(first.Intersect(second));
        await PressAsync(page, "Newer");
        Assert.Equal(first, page.FindAll(".note").Select(note => note.TextContent));
    }

    [Fact]
    public async Task A_note_that_comes_while_the_screen_is_open_shows_by_itself()
    {
        await using var bunit = Screen();
        var page = Open(bunit);
        await AddAsync(Answer("salts-in-the-blood", useful: false, note: "Just now"));

        site.Site.Clock.Advance(TimeSpan.FromSeconds(30));

        page.WaitForAssertion(() => Assert.Equal("Just now", page.Find(".note").TextContent), Patience);
    }

    private BunitContext Screen()
    {
        var bunit = new BunitContext();
        bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        bunit.Services.AddSingleton(site.Site.Get<FeedbackStatistics>()).AddSingleton(site.Site.Get<FeedbackNotes>())
            .AddSingleton(site.Site.Get<ArticleLibrary>()).AddSingleton<TimeProvider>(site.Site.Clock);
        return bunit;
    }

    private static IRenderedComponent<FeedbackScreen> Open(BunitContext bunit, string query = "")
    {
        bunit.Services.GetRequiredService<NavigationManager>().NavigateTo("/moderation/feedback" + query);
        var page = bunit.Render<FeedbackScreen>();
        page.WaitForElement("#notes", Patience);
        // The timer that reads again begins behind the first read.
        page.InvokeAsync(() => { });
        return page;
    }

    /// <summary>Finds the button and presses it without a render in between.</summary>
    private static Task PressAsync(IRenderedComponent<FeedbackScreen> page, string button) =>
        page.InvokeAsync(() => page.FindAll("button").First(one => one.TextContent == button).ClickAsync(new()));

    private IEnumerable<FeedbackAnswer> Several(int count, bool useful, int daysAgo) =>
        Enumerable.Range(0, count).Select(_ => Answer("arm-muscle-twitching", useful, daysAgo: daysAgo));

    private FeedbackAnswer Answer(string article, bool useful, string? note = null, int daysAgo = 0) =>
        new() { Article = Slug.Parse(article), WasUseful = useful, Note = note, At = site.Site.Clock.GetUtcNow().AddDays(-daysAgo) };

    private async Task AddAsync(params FeedbackAnswer[] answers)
    {
        await using var db = await site.OpenAsync();
        db.AddRange(answers.AsEnumerable<object>());
        await db.SaveChangesAsync(Stop);
    }

    private async Task<FeedbackAnswer> KeptAsync(string note)
    {
        await using var db = await site.OpenAsync();
        return db.Set<FeedbackAnswer>().Single(answer => answer.Note == note);
    }
}

public sealed class FeedbackScreenTestsOnSqlite() : FeedbackScreenTests(DatabaseKind.Sqlite);

public sealed class FeedbackScreenTestsOnPostgres() : FeedbackScreenTests(DatabaseKind.Postgres);
