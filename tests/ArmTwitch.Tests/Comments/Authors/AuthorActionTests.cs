using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Comments.Authors;

/// <summary>What withdrawing, erasing, appealing and muting do.</summary>
public abstract class AuthorActionTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Theory]
    [InlineData(CommentStatus.Pending, "edit")]
    [InlineData(CommentStatus.Rejected, "appeal")]
    [InlineData(CommentStatus.Approved, "withdraw")]
    [InlineData(CommentStatus.Approved, "erase")]
    public async Task An_action_that_is_sent_again_is_answered_as_done(CommentStatus status, string action)
    {
        var address = await site.WriteOneAsync("Words.");
        await site.SetAsync((await site.CommentsAsync())[0].Id, status);
        for (var time = 0; time < 2; time++)
        {
            using var answer = await site.PostAsync(address, ("action", action), ("revision", "1"), ("body", "Other words."));
            Assert.Equal((HttpStatusCode.SeeOther, address), (answer.StatusCode, answer.Headers.Location!.ToString()));
        }

        await using var db = await site.OpenAsync();
        Assert.Single(db.Set<CommentDecision>());
    }

    [Fact]
    public async Task Withdrawn_words_leave_the_page_and_the_answers_stay()
    {
        var address = await site.WriteOneAsync("To be withdrawn.");
        var id = (await site.CommentsAsync())[0].Id;
        await site.SetAsync(id, CommentStatus.Approved);
        await site.WriteApprovedAsync("An answer that stays.", id.ToString());

        using var answer = await site.PostAsync(address, ("action", "withdraw"));

        var page = await site.SeeAsync(CommentTestSite.Article);
        Assert.DoesNotContain("To be withdrawn.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("This comment was taken back.", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("An answer that stays.", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("withdraw")]
    [InlineData("erase")]
    public async Task Words_that_were_taken_back_can_be_sent_again_within_the_limits(string action)
    {
        var places = new List<string>();
        for (var time = 0; time < 3; time++)
        {
            using var answer = await site.WriteAsync("The same words.");
            places.Add(answer.Headers.Location!.ToString());
            using var taken = await site.PostAsync(places[^1], ("action", action));
            site.Site.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        using var fourth = await site.WriteAsync("The same words.");

        Assert.Equal(3, (await site.CommentsAsync()).Count);
        Assert.Equal(3, places.Distinct().Count());
        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
    }

    [Fact]
    public async Task Erased_words_are_nowhere_in_the_database()
    {
        using var written = await site.WriteAsync("Unmistakable words.", "Zebedee", "zebedee@example.org");
        var address = written.Headers.Location!.ToString();

        using var answer = await site.PostAsync(address, ("action", "erase"));

        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal((CommentStatus.Erased, "", "", null), (comment.Status, comment.Author, comment.Text, comment.Email));
        Assert.Contains("erased", (await site.SeeAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        await using var db = await site.OpenAsync();
        Assert.All(
            await db.Set<CommentDecision>().ToListAsync(Stop),
            decision => Assert.DoesNotContain("Zebedee", decision.By, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_can_be_appealed_once()
    {
        var address = await site.WriteOneAsync("Refused.");
        var id = (await site.CommentsAsync())[0].Id;
        await site.SetAsync(id, CommentStatus.Rejected);

        using var appeal = await site.PostAsync(address, ("action", "appeal"), ("body", "It is on topic."));
        await site.SetAsync(id, CommentStatus.Rejected);
        using var again = await site.PostAsync(address, ("action", "appeal"), ("body", "Once more."));

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Conflict], [appeal.StatusCode, again.StatusCode]);
        Assert.Equal("It is on topic.", (await site.CommentsAsync())[0].Appeal);
    }

    [Fact]
    public async Task One_click_ends_mail_about_a_comment()
    {
        using var written = await site.WriteAsync("With an address.", email: "ada@example.org");

        using var answer = await site.PostAsync($"{written.Headers.Location}/mute", ("List-Unsubscribe", "One-Click"));
        using var unknown = await site.PostAsync($"/comments/{SecretToken.New()}/mute", ("List-Unsubscribe", "One-Click"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [answer.StatusCode, unknown.StatusCode]);
        Assert.Null((await site.CommentsAsync())[0].Email);
    }
}

public sealed class AuthorActionTestsOnSqlite() : AuthorActionTests(DatabaseKind.Sqlite);

public sealed class AuthorActionTestsOnPostgres() : AuthorActionTests(DatabaseKind.Postgres);
