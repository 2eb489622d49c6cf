using System.Net;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Posting;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Comments.Posting;

public abstract class CommentBatchWriterTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Fact]
    public async Task Comments_sent_at_once_are_all_stored_each_with_its_own_page()
    {
        using var busy = new CommentTestSite(Database, ("Limits:Enabled", "false"));
        string[] texts = [.. Enumerable.Range(0, 50).Select(number => $"At once with others, number {number}.")];

        var answers = await Task.WhenAll(texts.Select(text => busy.WriteAsync(text)));

        Assert.Equal(texts.Order(), (await busy.CommentsAsync()).Select(comment => comment.Text).Order());
        foreach (var (text, answer) in texts.Zip(answers))
            Assert.Contains(text, (await busy.SeeAsync(answer.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_that_cannot_be_stored_fails_alone()
    {
        await site.WriteOneAsync("Before.");
        var flag = new Flag(null!, 1, FlagLevel.Ordinary, "", "");
        var now = site.Site.Clock.GetUtcNow();

        var held = await site.Site.Get<SqliteWriteLock>().AcquireAsync(Stop);
        var sent = Enumerable.Range(0, 20).Select(async number =>
        {
            var comment = new Comment
            {
                Article = Slug.Parse("arm-muscle-twitching"),
                Author = "Ada",
                Text = $"Number {number}.",
                WrittenAt = now,
                WaitingSince = now
            };
            CommentFlag[] flags = number is 7 ? [flag.ToEntity(comment.Id, 1)] : [];
            var network = await site.Site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse($"192.0.{number}.1"), Stop);
            return await Record.ExceptionAsync(() => site.Site.Get<CommentBatchWriter>().WriteAsync(comment, flags, network));
        }).ToList();
        held.Dispose();
        var stored = await Task.WhenAll(sent);

        Assert.IsAssignableFrom<DbUpdateException>(Assert.Single(stored.OfType<Exception>()));
        Assert.Equal(20, (await site.CommentsAsync()).Count);
        Assert.DoesNotContain(await site.CommentsAsync(), comment => comment.Text == "Number 7.");
    }
}

public sealed class CommentBatchWriterTestsOnSqlite() : CommentBatchWriterTests(DatabaseKind.Sqlite);

public sealed class CommentBatchWriterTestsOnPostgres() : CommentBatchWriterTests(DatabaseKind.Postgres);
