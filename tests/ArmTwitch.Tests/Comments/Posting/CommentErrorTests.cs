using System.Net;
using AngleSharp.Html.Dom;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>What is wrong with a comment, as its author is told.</summary>
public abstract class CommentErrorTests(SharedCommentSite shared)
{
    private readonly CommentTestSite site = shared.Comments;

    [Theory]
    [InlineData("", "", "", "Enter a name", "Write your comment")]
    [InlineData("Ada", "no address", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "ada@localhost", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "Ada <ada@example.org>", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "ada@example.org\r\nBcc: x@example.org", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "\"a\\\0\"@example.org", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "\"a\u0001\"@example.org", "Text", "Enter an e-mail address")]
    [InlineData("Ada", "a\u202Eb@example.org", "Text", "Enter an e-mail address")]
    [InlineData("   ", "", "Text", "Enter a name")]
    [InlineData("Ada", "", "<p></p>", "Write your comment")]
    public async Task Errors_come_first_and_every_word_comes_back(string name, string email, string body, params string[] told)
    {
        using var answer = await site.WriteAsync(body, name, email);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await CommentTestSite.ReadAsync(answer);
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        var summary = page.QuerySelector("main")!.FirstElementChild!;
        Assert.Equal("errors", summary.Id);
        Assert.True(summary.HasAttribute("autofocus"));
        var lines = summary.QuerySelectorAll("li a").ToList();
        Assert.Equal(told.Length, lines.Count);
        Assert.All(told.Zip(lines), pair =>
        {
            Assert.StartsWith(pair.First, pair.Second.TextContent, StringComparison.Ordinal);
            var field = page.GetElementById(pair.Second.GetAttribute("href")![1..])!;
            Assert.Equal("true", field.GetAttribute("aria-invalid"));
        });
        Assert.Equal(name, ((IHtmlInputElement)page.GetElementById("field-name")!).Value);
        Assert.Equal(body, ((IHtmlTextAreaElement)page.GetElementById("field-body")!).Value);
        Assert.Empty(await site.CommentsAsync());
    }

    [Fact]
    public async Task The_answer_is_a_short_page_that_leads_back_to_the_article()
    {
        using var answer = await site.WriteAsync("");

        var page = await CommentTestSite.ReadAsync(answer);
        Assert.Equal("Your comment is not sent yet", page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("article.page, .references"));
        Assert.Equal(CommentTestSite.Article, page.QuerySelector("h1 + p a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/articles/arm-twitching")]
    [InlineData("/articles/Arm-Muscle-Twitching")]
    public async Task A_refused_text_for_another_spelling_of_the_article_comes_back_and_is_not_redirected(string article)
    {
        using var answer = await site.PostAsync($"{article}/comments", ("name", ""), ("body", "An hour of my words"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("An hour of my words", await CommentTestSite.ReadTypedAsync(answer));
    }

    [Fact]
    public async Task A_text_for_an_article_that_is_gone_comes_back_to_be_copied()
    {
        using var answer = await site.PostAsync("/articles/no-such-article/comments", ("name", "Ada"), ("body", "An hour of my <words>"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var page = await CommentTestSite.ReadAsync(answer);
        Assert.Equal("An hour of my <words>", ((IHtmlTextAreaElement)page.GetElementById("field-typed")!).Value);
        Assert.Empty(page.QuerySelectorAll("form[method=post]"));
    }
}

public sealed class CommentErrorTestsOnSqlite(SharedCommentSite.OnSqlite shared) : CommentErrorTests(shared),
    IClassFixture<SharedCommentSite.OnSqlite>;

public sealed class CommentErrorTestsOnPostgres(SharedCommentSite.OnPostgres shared) : CommentErrorTests(shared),
    IClassFixture<SharedCommentSite.OnPostgres>;
