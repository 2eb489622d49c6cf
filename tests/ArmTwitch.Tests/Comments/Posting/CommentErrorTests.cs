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
}

public sealed class CommentErrorTestsOnSqlite(SharedCommentSite.OnSqlite shared) : CommentErrorTests(shared),
    IClassFixture<SharedCommentSite.OnSqlite>;

public sealed class CommentErrorTestsOnPostgres(SharedCommentSite.OnPostgres shared) : CommentErrorTests(shared),
    IClassFixture<SharedCommentSite.OnPostgres>;
