using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>Forms that no reader of the site sends.</summary>
public abstract class HostileFormTests(SharedCommentSite shared)
{
    private readonly CommentTestSite site = shared.Comments;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "https://armtwitch.test", true)]
    [InlineData(null, "http://localhost", true)]
    [InlineData(null, null, true)]
    public async Task A_form_of_another_site_is_refused(string? fetchSite, string? origin, bool isTaken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{CommentTestSite.Article}/comments", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("name", "Ada"), KeyValuePair.Create("body", "From where?")]),
        };
        if (fetchSite is not null)
            request.Headers.Add("Sec-Fetch-Site", fetchSite);
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var answer = await site.Reader.SendAsync(request, Stop);

        Assert.Equal(isTaken ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, answer.StatusCode);
        if (!isTaken)
            Assert.Equal("From where?", await CommentTestSite.ReadTypedAsync(answer));
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_too_large_and_its_words_come_back()
    {
        using var answer = await site.WriteAsync(new string('x', 70_000));
        using var huge = await site.WriteAsync(new string('x', 400_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(70_000, (await CommentTestSite.ReadTypedAsync(answer)).Length);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{\"name\":\"Ada\",\"body\":\"x\"}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "name=Ada&body=x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(
        "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nHi\r\n--x--",
        HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "", HttpStatusCode.UnprocessableEntity)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&name=Eve&body=one&body=two", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada%00&body=a%00b%01", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&body=%ff%fe%80", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&body=%zz%", HttpStatusCode.SeeOther)]
    [InlineData("application/x-www-form-urlencoded", "name=Ada&body=x&parent=nonsense", HttpStatusCode.SeeOther)]
    [InlineData(
        "application/x-www-form-urlencoded", "name=Ada&body=x&parent=00000000-0000-0000-0000-000000000001",
        HttpStatusCode.UnprocessableEntity)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "name=Ada&body=x", HttpStatusCode.UnsupportedMediaType)]
    public async Task Hostile_input_gets_a_clear_answer(string type, string body, HttpStatusCode status)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await site.Reader.PostAsync(new Uri($"{CommentTestSite.Article}/comments", UriKind.Relative), content, Stop);

        Assert.Equal(status, answer.StatusCode);
        Assert.All(await site.CommentsAsync(), comment => Assert.DoesNotContain(comment.Author + comment.Text, char.IsControl));
    }

    [Fact]
    public async Task More_fields_than_any_form_has_are_refused()
    {
        using var answer = await site.PostAsync(
            $"{CommentTestSite.Article}/comments", [.. Enumerable.Range(0, 1000).Select(number => ($"f{number}", "x"))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("what you typed may still be there", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/articles/no-such-article/comments")]
    [InlineData("/comments/short")]
    public async Task A_form_for_what_does_not_exist_is_not_found(string address)
    {
        using var answer = await site.PostAsync(address, ("name", "Ada"), ("body", "x"), ("action", "erase"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}

public sealed class HostileFormTestsOnSqlite(SharedCommentSite.OnSqlite shared) : HostileFormTests(shared),
    IClassFixture<SharedCommentSite.OnSqlite>;

public sealed class HostileFormTestsOnPostgres(SharedCommentSite.OnPostgres shared) : HostileFormTests(shared),
    IClassFixture<SharedCommentSite.OnPostgres>;
