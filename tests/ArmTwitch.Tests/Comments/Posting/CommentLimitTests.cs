using System.Net;
using AngleSharp.Html.Dom;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>How much one network may send.</summary>
public abstract class CommentLimitTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Fact]
    public async Task A_network_may_send_once_in_15_seconds_and_3_times_in_10_minutes()
    {
        using var first = await site.WriteAsync("One");
        using var tooSoon = await site.WriteAsync("Two");
        Assert.Equal((HttpStatusCode.TooManyRequests, 15), (tooSoon.StatusCode, SecondsToWait(tooSoon)));
        Assert.Equal("Two", await CommentTestSite.ReadTypedAsync(tooSoon));

        site.Site.Clock.Advance(TimeSpan.FromSeconds(15));
        using var second = await site.WriteAsync("Two");
        site.Site.Clock.Advance(TimeSpan.FromSeconds(15));
        using var third = await site.WriteAsync("Three");
        site.Site.Clock.Advance(TimeSpan.FromSeconds(30));
        using var fourth = await site.WriteAsync("Four");
        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests],
            [second.StatusCode, third.StatusCode, fourth.StatusCode]);
        Assert.Equal(540, SecondsToWait(fourth));

        site.Site.Clock.Advance(TimeSpan.FromSeconds(540));
        using var later = await site.WriteAsync("Four");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Fact]
    public async Task A_network_may_send_10_times_a_day()
    {
        for (var turn = 0; turn < 10; turn++)
        {
            using var answer = await site.WriteAsync($"Number {turn}");
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            site.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        }

        using var eleventh = await site.WriteAsync("Number ten");

        Assert.Equal(HttpStatusCode.TooManyRequests, eleventh.StatusCode);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(SecondsToWait(eleventh)));
        using var nextDay = await site.WriteAsync("Number ten");
        Assert.Equal(HttpStatusCode.SeeOther, nextDay.StatusCode);
    }

    [Fact]
    public async Task Comments_sent_at_once_do_not_pass_a_limit_together()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => site.WriteAsync($"One of many, number {number}.")));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.SeeOther);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode is HttpStatusCode.TooManyRequests));
        Assert.Single(await site.CommentsAsync());
    }

    [Theory]
    [InlineData("", "Your text is still here")]
    [InlineData("ada@example.org", "received this comment already")]
    public async Task Repeats_count_for_the_limits_and_a_refusal_says_that_nothing_is_lost(string email, string told)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => site.WriteAsync("All at once.", email: email)));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode is HttpStatusCode.SeeOther));
        var refused = answers.Where(answer => answer.StatusCode is HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(13, refused.Count);
        Assert.Equal(600, SecondsToWait(refused[0]));
        var page = await CommentTestSite.ReadAsync(refused[0]);
        Assert.Contains(told, page.GetElementById("errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("All at once.", ((IHtmlTextAreaElement)page.GetElementById("field-body")!).Value);
        Assert.Equal(email is "" ? 3 : 1, (await site.CommentsAsync()).Count);
        await using var db = await site.OpenAsync();
        Assert.Equal(3, db.Set<CommentToken>().Count());
    }

    [Fact]
    public async Task Addresses_of_one_network_have_the_same_keyed_hash()
    {
        var (one, neighbour, other) =
            (await HashAsync("203.0.113.7"), await HashAsync("::ffff:203.0.113.200"), await HashAsync("203.0.114.7"));
        var (six, sixNeighbour) = (await HashAsync("2001:db8:1:2::1"), await HashAsync("2001:db8:1:99::1"));

        Assert.Equal(one, neighbour);
        Assert.NotEqual(one, other);
        Assert.Equal(six, sixNeighbour);
        Assert.Equal(32, one.Length);

        async Task<byte[]> HashAsync(string address) =>
            (await site.Site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse(address), Stop)).Narrow.Today;
    }

    private static int SecondsToWait(HttpResponseMessage answer) => (int)answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
}

public sealed class CommentLimitTestsOnSqlite() : CommentLimitTests(DatabaseKind.Sqlite);

public sealed class CommentLimitTestsOnPostgres() : CommentLimitTests(DatabaseKind.Postgres);
