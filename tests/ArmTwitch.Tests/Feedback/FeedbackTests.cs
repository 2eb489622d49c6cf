using System.Net;
using AngleSharp.Html.Dom;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Feedback;
using ArmTwitch.Tests.Comments;
using ArmTwitch.Tests.Comments.Posting;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Feedback;

public abstract class FeedbackTests(DatabaseKind database) : CommentSiteTests(database)
{
    private const string Address = CommentTestSite.Article + "/feedback";

    [Fact]
    public async Task An_answer_is_kept_for_editors_and_thanked_for_on_the_article()
    {
        using var answer = await site.PostAsync(Address, ("useful", "no"), ("note", "<b>Too long</b>  "));

        Assert.Equal(
            (HttpStatusCode.SeeOther, $"{CommentTestSite.Article}/thanks#feedback"),
            (answer.StatusCode, answer.Headers.Location!.ToString()));
        var kept = Assert.Single(await KeptAsync());
        Assert.Equal((false, "Too long"), (kept.WasUseful, kept.Note));
        var page = await site.SeeAsync($"{CommentTestSite.Article}/thanks");
        Assert.Contains("Thank you.", page.GetElementById("feedback")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"https://armtwitch.test{CommentTestSite.Article}", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.DoesNotContain("Too long", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    public async Task Words_of_a_crisis_in_a_note_show_whom_to_call_first(string useful, HttpStatusCode expected)
    {
        using var answer = await site.PostAsync(Address, ("useful", useful), ("note", "I want to kill myself"));

        Assert.Equal(expected, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var page = await CommentTestSite.ReadAsync(answer);
        CrisisCardTests.AssertShowsWhomToCall(page);
        Assert.Equal(useful is "no", page.GetElementById("feedback")!.TextContent.Contains("Thank you.", StringComparison.Ordinal));
        Assert.Equal(useful is "no" ? 1 : 0, (await KeptAsync()).Count);
        Assert.Null((await site.SeeAsync($"{CommentTestSite.Article}/thanks")).QuerySelector("#help-heading"));
    }

    [Theory]
    [InlineData("no", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    public async Task Words_of_danger_in_a_note_show_the_red_card_first(string useful, HttpStatusCode expected)
    {
        using var answer = await site.PostAsync(Address, ("useful", useful), ("note", "chest pain now"));

        Assert.Equal(expected, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var page = await CommentTestSite.ReadAsync(answer);
        CrisisCardTests.AssertShowsRedCard(page);
        Assert.Equal(useful is "no", page.GetElementById("feedback")!.TextContent.Contains("Thank you.", StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(one => one.Id).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Theory]
    [InlineData("", "A note", "Choose yes or no.")]
    [InlineData("maybe", "A note", "Choose yes or no.")]
    public async Task Errors_are_shown_and_every_word_comes_back(string useful, string note, string told)
    {
        using var answer = await site.PostAsync(Address, ("useful", useful), ("note", note));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await CommentTestSite.ReadAsync(answer);
        Assert.Equal(told, page.QuerySelector("#errors a[href='#field-useful']")!.TextContent);
        Assert.Equal(note, ((IHtmlTextAreaElement)page.GetElementById("field-note")!).Value);
        Assert.Equal("Your answer is not sent yet", page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("article.page"));
        Assert.Empty(await KeptAsync());
    }

    [Fact]
    public async Task A_note_that_is_too_long_comes_back_with_the_choice()
    {
        using var answer = await site.PostAsync(Address, ("useful", "yes"), ("note", new string('a', FeedbackAnswer.MaxNoteLength + 1)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await CommentTestSite.ReadAsync(answer);
        Assert.Contains("Shorten the note", page.QuerySelector("#errors a[href='#field-note']")!.TextContent, StringComparison.Ordinal);
        Assert.True(((IHtmlInputElement)page.GetElementById("field-useful")!).IsChecked);
    }

    [Fact]
    public async Task Another_site_cannot_answer_and_a_missing_article_cannot_be_answered()
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, Address) { Content = new FormUrlEncodedContent([new("useful", "yes")]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var foreign = await site.Reader.SendAsync(request, Stop);
        using var missing = await site.PostAsync("/articles/nothing/feedback", ("useful", "yes"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (foreign.StatusCode, missing.StatusCode));
        Assert.Empty(await KeptAsync());
    }

    [Fact]
    public async Task A_double_click_counts_once_and_a_flood_waits()
    {
        for (var i = 0; i < 2; i++)
            (await site.PostAsync(Address, ("useful", "yes"))).Dispose();
        Assert.Single(await KeptAsync());
        for (var i = 0; i < 4; i++)
            (await site.PostAsync(Address, ("useful", "yes"), ("note", $"Note {i}"))).Dispose();

        using var answer = await site.PostAsync(Address, ("useful", "yes"), ("note", "One more"));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal("One more", ((IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(answer)).GetElementById("field-note")!).Value);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        using var later = await site.PostAsync(Address, ("useful", "yes"), ("note", "One more"));
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Fact]
    public async Task A_double_click_counts_once_over_midnight_and_twelve_at_once_too()
    {
        site.Site.AwaitMidnight(TimeSpan.FromSeconds(1));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => site.PostAsync(Address, ("useful", "yes"))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        site.Site.Clock.Advance(TimeSpan.FromSeconds(2));

        (await site.PostAsync(Address, ("useful", "yes"))).Dispose();

        Assert.Single(await KeptAsync());
        Assert.All(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Answers_are_deleted_after_their_time()
    {
        (await site.PostAsync(Address, ("useful", "yes"))).Dispose();
        site.Site.Clock.Advance(TimeSpan.FromDays(364));
        await site.Site.Get<RetentionService>().ApplyRulesAsync(Stop);
        Assert.Single(await KeptAsync());

        site.Site.Clock.Advance(TimeSpan.FromDays(1));
        await site.Site.Get<RetentionService>().ApplyRulesAsync(Stop);

        Assert.Empty(await KeptAsync());
    }

    private async Task<IReadOnlyList<FeedbackAnswer>> KeptAsync()
    {
        await using var db = await site.OpenAsync();
        return await db.Set<FeedbackAnswer>().AsNoTracking().ToListAsync(Stop);
    }
}

public sealed class FeedbackTestsOnSqlite() : FeedbackTests(DatabaseKind.Sqlite);

public sealed class FeedbackTestsOnPostgres() : FeedbackTests(DatabaseKind.Postgres);
