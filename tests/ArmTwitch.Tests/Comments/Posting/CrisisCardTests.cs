using System.Net;
using AngleSharp.Html.Dom;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>Somebody in danger is shown whom to call, whatever becomes of the form.</summary>
public abstract class CrisisCardTests(DatabaseKind database) : CommentSiteTests(database)
{
    private const string Words = "Because if this is refused I will kill myself";

    internal static void AssertShowsWhomToCall(IHtmlDocument page)
    {
        var first = page.QuerySelector("main")!.FirstElementChild!;
        Assert.Equal("Please talk to someone now", first.QuerySelector("h2")!.TextContent);
        Assert.Contains("999", first.TextContent, StringComparison.Ordinal);
        Assert.Equal(first, page.QuerySelector("[autofocus]"));
    }

    internal static void AssertShowsRedCard(IHtmlDocument page)
    {
        var first = page.QuerySelector("main")!.FirstElementChild!;
        Assert.NotNull(first.QuerySelector(".card.emergency a[href='tel:999']"));
        Assert.Contains("until somebody reads what you wrote", first.TextContent, StringComparison.Ordinal);
        Assert.Equal(first, page.QuerySelector("[autofocus]"));
    }

    [Theory]
    [InlineData("Ada", "", "I want to kill myself. Please call me on 07700 900123")]
    [InlineData("", "", "I want to kill myself. Please call me on 07700 900123")]
    [InlineData("I want to die", "", "")]
    [InlineData("Ada", "i want to die", "My arm twitches.")]
    [InlineData("", "", "I have pills ready and will take them tonight")]
    public async Task A_refused_comment_shows_whom_to_call_before_its_errors(string name, string email, string body)
    {
        using var answer = await site.WriteAsync(body, name, email);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await CommentTestSite.ReadAsync(answer);
        AssertShowsWhomToCall(page);
        Assert.NotNull(page.GetElementById("errors"));
        Assert.Equal(body, ((IHtmlTextAreaElement)page.GetElementById("field-body")!).Value);
    }

    [Theory]
    [InlineData("comments")]
    [InlineData("feedback")]
    public async Task A_refused_form_shows_whom_to_call_in_the_country_that_was_chosen(string form)
    {
        using var answer = await site.PostAsync($"{CommentTestSite.Article}/{form}?country=AU", ("body", Words), ("note", Words));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var first = (await CommentTestSite.ReadAsync(answer)).QuerySelector("main .button[href^='tel:']")!;
        Assert.Equal("tel:000", first.GetAttribute("href"));
    }

    [Fact]
    public async Task A_comment_sent_too_soon_shows_whom_to_call()
    {
        using var first = await site.WriteAsync("My arm twitches.");
        using var second = await site.WriteAsync("I want to die.");

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        AssertShowsWhomToCall(await CommentTestSite.ReadAsync(second));
    }

    [Fact]
    public async Task A_refused_comment_without_such_words_shows_no_card()
    {
        using var answer = await site.WriteAsync("Please call me on 07700 900123");

        Assert.Null((await CommentTestSite.ReadAsync(answer)).QuerySelector("#help-heading"));
    }

    [Fact]
    public async Task A_cry_for_help_in_the_name_is_a_crisis()
    {
        using var answer = await site.WriteAsync("My arm twitches.", "I want to die");

        Assert.Equal(FlagLevel.Crisis, Assert.Single(await site.CommentsAsync()).Level);
        Assert.NotNull((await site.SeeAsync(answer.Headers.Location!.ToString())).QuerySelector("#help-heading"));
    }

    [Theory]
    [InlineData("edit", "1", "I want to die. Call 07700 900123", HttpStatusCode.UnprocessableEntity)]
    [InlineData("edit", "7", "I want to die.", HttpStatusCode.Conflict)]
    [InlineData("appeal", "1", "I want to die.", HttpStatusCode.Conflict)]
    [InlineData("dance", "1", "I want to die.", HttpStatusCode.UnprocessableEntity)]
    public async Task Words_refused_on_the_authors_page_show_whom_to_call_first(
        string action, string revision, string body, HttpStatusCode expected)
    {
        var address = await site.WriteOneAsync("My arm twitches.");

        using var answer = await site.PostAsync(address, ("action", action), ("revision", revision), ("body", body));

        Assert.Equal(expected, answer.StatusCode);
        AssertShowsWhomToCall(await CommentTestSite.ReadAsync(answer));
    }

    [Fact]
    public async Task An_appeal_can_be_a_crisis_and_stays_one_when_the_text_changes()
    {
        var address = await site.WriteOneAsync("My arm twitches.");
        await site.SetAsync((await site.CommentsAsync())[0].Id, CommentStatus.Rejected);

        using var appeal = await site.PostAsync(address, ("action", "appeal"), ("body", Words));

        Assert.Equal(HttpStatusCode.SeeOther, appeal.StatusCode);
        await IsCrisisAsync();
        Assert.NotNull((await site.SeeAsync(address)).QuerySelector("#help-heading"));
        using var edit = await site.PostAsync(address, ("action", "edit"), ("revision", "1"), ("body", "My arm twitches less."));
        Assert.Equal(HttpStatusCode.SeeOther, edit.StatusCode);
        await IsCrisisAsync();
    }

    [Theory]
    [InlineData("I want to kill myself", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    public async Task A_report_with_such_words_shows_whom_to_call(string reason, HttpStatusCode expected)
    {
        var id = await site.WriteApprovedAsync("From before.");

        using var answer = await site.PostAsync($"{CommentTestSite.Article}/comments/{id:N}/report", ("reason", reason));

        Assert.Equal(expected, answer.StatusCode);
        var page = await CommentTestSite.ReadAsync(answer);
        if (reason.Length > 0)
            AssertShowsWhomToCall(page);
        else
            Assert.Null(page.QuerySelector("#help-heading"));
    }

    [Fact]
    public async Task A_report_with_words_of_danger_shows_the_red_card()
    {
        var id = await site.WriteApprovedAsync("From before.");

        using var answer = await site.PostAsync($"{CommentTestSite.Article}/comments/{id:N}/report", ("reason", "chest pain now"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        AssertShowsRedCard(await CommentTestSite.ReadAsync(answer));
    }

    private async Task IsCrisisAsync()
    {
        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal((FlagLevel.Crisis, FlagLevel.Crisis), (comment.Level, comment.Urgency));
        await using var db = await site.OpenAsync();
        var flag = Assert.Single(db.Set<CommentFlag>(), flag => flag.Revision == comment.Revision);
        Assert.Equal(("self-harm", "kill myself"), (flag.Rule, flag.Words));
        Assert.Equal(DecisionRiskKinds.Crisis, DecisionRisk.Of(Decision.Approve, comment, [flag], comment.Text)!.Kinds);
    }
}

public sealed class CrisisCardTestsOnSqlite() : CrisisCardTests(DatabaseKind.Sqlite);

public sealed class CrisisCardTestsOnPostgres() : CrisisCardTests(DatabaseKind.Postgres);
