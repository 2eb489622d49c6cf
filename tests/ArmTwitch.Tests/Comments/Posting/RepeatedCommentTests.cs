using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>The same words that are sent again: by the same person, or by another one.</summary>
public abstract class RepeatedCommentTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Fact]
    public async Task A_double_click_with_an_address_makes_one_comment_with_two_links()
    {
        using var first = await site.WriteAsync("The same words.", email: "ada@example.org");
        using var second = await site.WriteAsync("The same words.", email: "ada@example.org");

        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.Single(await site.CommentsAsync());
        await site.SeeAsync(first.Headers.Location!.ToString());
        await site.SeeAsync(second.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("Ada", "", "Ben", "")]
    [InlineData("Ada", "ada@example.org", "Ada", "other@example.org")]
    [InlineData("Ada", "ada@example.org", "Ada", "")]
    [InlineData("Ada", "", "Ada", "")]
    public async Task Two_people_of_one_network_who_send_the_same_each_have_their_own(
        string name, string email, string otherName, string otherEmail)
    {
        using var first = await site.WriteAsync("Thank you, this helped.", name, email);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(20));
        using var second = await site.WriteAsync("Thank you, this helped.", otherName, otherEmail);

        using var erased = await site.PostAsync(second.Headers.Location!.ToString(), ("action", "erase"));

        Assert.Equal(HttpStatusCode.SeeOther, erased.StatusCode);
        Assert.Equal([CommentStatus.Pending, CommentStatus.Erased], (await site.CommentsAsync()).Select(comment => comment.Status));
        Assert.Contains(
            "Thank you, this helped.", (await site.SeeAsync(first.Headers.Location!.ToString())).Body!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_without_an_address_makes_two_comments_and_a_flag()
    {
        using var first = await site.WriteAsync("The same words.");
        using var second = await site.WriteAsync("The same words.");

        Assert.Contains(
            "The same words.", (await site.SeeAsync(second.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        await using var db = await site.OpenAsync();
        Assert.Equal(
            (await site.CommentsAsync())[^1].Id,
            Assert.Single(db.Set<CommentFlag>(), flag => flag.Rule == CommentBatchWriter.SentAgain).CommentId);
    }

    [Fact]
    public async Task Published_words_sent_again_get_no_link_to_the_first_comment()
    {
        using var first = await site.WriteAsync("The same words.", email: "ada@example.org");
        await site.SetAsync(Assert.Single(await site.CommentsAsync()).Id, CommentStatus.Approved);

        using var second = await site.WriteAsync("The same words.", email: "ada@example.org");
        using var erased = await site.PostAsync(second.Headers.Location!.ToString(), ("action", "erase"));

        Assert.Equal([CommentStatus.Approved, CommentStatus.Erased], (await site.CommentsAsync()).Select(comment => comment.Status));
    }

    [Fact]
    public async Task Words_published_until_an_undo_get_no_link_to_the_first_comment()
    {
        using var first = await site.WriteAsync("The same words.", email: "ada@example.org");
        var (comment, decisions) = (Assert.Single(await site.CommentsAsync()), site.Site.Get<DecisionService>());
        var approval = await decisions.DecideAsync(comment.Id, 1, Decision.Approve, Decider.CommandLine, Stop);
        var undone = await site.Site.Get<DecisionUndoService>().UndoAsync(approval.DecisionId!.Value, Decider.CommandLine, Stop);
        Assert.Equal(DecisionOutcome.Done, undone.Outcome);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(20));

        using var second = await site.WriteAsync("The same words.", email: "ada@example.org");
        using var erased = await site.PostAsync(second.Headers.Location!.ToString(), ("action", "erase"));

        Assert.Equal([CommentStatus.Pending, CommentStatus.Erased], (await site.CommentsAsync()).Select(one => one.Status));
    }

    [Fact]
    public async Task A_repeat_is_recognised_after_many_others_and_its_links_are_limited()
    {
        using var busy = new CommentTestSite(Database, ("Limits:Enabled", "false"));
        for (var number = 0; number < 12; number++)
            (await busy.WriteAsync($"Words of their own, number {number}.", email: "ada@example.org")).Dispose();

        var again = new List<HttpStatusCode>();
        for (var time = 0; time < 4; time++)
        {
            using var answer = await busy.WriteAsync("Words of their own, number 0.", email: "ada@example.org");
            again.Add(answer.StatusCode);
        }

        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], again);
        Assert.Equal(12, (await busy.CommentsAsync()).Count);
    }
}

public sealed class RepeatedCommentTestsOnSqlite() : RepeatedCommentTests(DatabaseKind.Sqlite);

public sealed class RepeatedCommentTestsOnPostgres() : RepeatedCommentTests(DatabaseKind.Postgres);
