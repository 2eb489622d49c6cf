using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Data;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>The form below an article: what it takes, and what comes of it on the page.</summary>
public abstract class CommentPostingTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Fact]
    public async Task A_comment_waits_for_a_moderator_and_its_author_can_follow_it()
    {
        using var answer = await site.WriteAsync("My biceps jumps after coffee.", email: "ada@example.org");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Matches("^/comments/[A-Za-z0-9_-]{43}$", answer.Headers.Location!.ToString());
        var page = await site.SeeAsync(answer.Headers.Location.ToString());
        Assert.Contains("awaiting moderation", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("My biceps jumps after coffee.", page.Body.TextContent, StringComparison.Ordinal);
        var article = await site.SeeAsync(CommentTestSite.Article);
        Assert.DoesNotContain("My biceps jumps", article.Body!.TextContent, StringComparison.Ordinal);
        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal((CommentStatus.Pending, "Ada", "ada@example.org"), (comment.Status, comment.Author, comment.Email));
    }

    [Fact]
    public async Task A_text_for_an_old_address_of_the_article_arrives()
    {
        using var answer = await site.PostAsync("/articles/arm-twitching/comments", ("name", "Ada"), ("body", "From an old page"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(CommentTestSite.Article, $"/articles/{Assert.Single(await site.CommentsAsync()).Article}");
    }

    [Fact]
    public async Task Personal_data_is_asked_about_once_and_may_be_sent_all_the_same()
    {
        (string, string)[] fields = [("name", "Ada"), ("body", "Call me on 07700 900123 about it.")];
        using var asked = await site.PostAsync($"{CommentTestSite.Article}/comments", fields);
        using var insisted = await site.PostAsync($"{CommentTestSite.Article}/comments", [.. fields, ("keep", "yes")]);

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther], [asked.StatusCode, insisted.StatusCode]);
        var page = await CommentTestSite.ReadAsync(asked);
        Assert.Equal("07700 900123", page.QuerySelector(".found mark")!.TextContent);
        Assert.Contains("phone number", page.GetElementById("errors")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("input[type=checkbox][name=keep]"));
        Assert.Single(await site.CommentsAsync());
    }

    [Fact]
    public async Task Three_thousand_characters_fit_and_one_more_does_not()
    {
        using var fits = await site.WriteAsync(new string('a', 3000));
        using var tooLong = await site.WriteAsync(new string('b', 3001));

        Assert.Equal(HttpStatusCode.SeeOther, fits.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.StatusCode);
        Assert.Equal(new string('b', 3001), await CommentTestSite.ReadTypedAsync(tooLong));
    }

    [Theory]
    [InlineData("AFTER A LONG NIGHT MY ARM TWITCHED FOR HOURS AND I AM SCARED", 59)]
    [InlineData("AFTER A LONG NIGHT MY ARM TWITCHED FOR HOURS AND I AM SCARED", 60)]
    public async Task An_emoji_where_a_flag_stops_quoting_is_not_cut_in_two(string loud, int length)
    {
        using var answer = await site.PostAsync(
            $"{CommentTestSite.Article}/comments", ("name", "Ada"), ("body", $"{loud[..length]}😱😱 HELP"),
            ("website", $"{new string('x', length + 139)}😱😱"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await using var db = await site.OpenAsync();
        Assert.All(db.Set<CommentFlag>(), flag => Assert.DoesNotContain('\uFFFD', flag.Words));
    }

    [Fact]
    public async Task Nothing_typed_reaches_the_page_as_an_element()
    {
        await site.WriteApprovedAsync(
            "I read <b>this</b><script>alert(1)</script> and 1 < 2 && 3 > 2 <3\r\n\r\nSecond line https://example.org");

        var page = await site.SeeAsync(CommentTestSite.Article);

        var text = page.QuerySelector(".comment div")!;
        Assert.Equal(
            ["I read thisalert(1) and 1 < 2 && 3 > 2 <3", "Second line https://example.org"],
            text.QuerySelectorAll("p").Select(line => line.TextContent));
        Assert.All(text.QuerySelectorAll("*"), element => Assert.Equal(("p", "auto"), (element.LocalName, element.GetAttribute("dir"))));
    }

    [Theory]
    [InlineData("My CPK was <a 180, later >250, <b>really</b>", "My CPK was <a 180, later >250, really")]
    [InlineData("one\u000Btwo\u000Cthree\u0085four", "one", "two", "three", "four")]
    [InlineData("\u200FiPad עובד.\nEnglish", "\u200FiPad עובד.", "English")]
    [InlineData("قرن ۴ ه\u200D.ق", "قرن ۴ ه\u200D.ق")]
    public async Task What_people_type_keeps_its_meaning_up_to_the_page(string typed, params string[] lines)
    {
        var id = await site.WriteApprovedAsync(typed);

        var comment = (await site.SeeAsync(CommentTestSite.Article)).GetElementById($"comment-{id:N}")!;

        Assert.Equal(lines, comment.QuerySelectorAll("div p").Select(line => line.TextContent));
        Assert.All(comment.QuerySelectorAll("div p"), line => Assert.Equal("auto", line.GetAttribute("dir")));
    }

    [Fact]
    public async Task Markup_is_removed_where_the_text_would_be_too_long_with_it()
    {
        await site.WriteOneAsync($"<p style=\"{new string('x', 4000)}\">Short.</p>");

        Assert.Equal("Short.", Assert.Single(await site.CommentsAsync()).Text);
    }
}

public sealed class CommentPostingTestsOnSqlite() : CommentPostingTests(DatabaseKind.Sqlite);

public sealed class CommentPostingTestsOnPostgres() : CommentPostingTests(DatabaseKind.Postgres);
