using ArmTwitch.Comments;
using ArmTwitch.Comments.Published;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.Deciding;

public abstract class EditorReplyServiceTests(DatabaseKind database) : ModerationTestBase(database)
{
    [Fact]
    public async Task An_editor_answers_what_is_published_and_a_moderator_does_not()
    {
        var editor = await Site.AddModeratorAsync("Edith", ModeratorRole.Editor);
        var comment = await Site.WriteAsync();
        Assert.Equal(DecisionOutcome.NotShown, (await Site.Replies.ReplyAsync(new(comment.Id, 1), comment.Text, (Guid.CreateVersion7(), "Thank you."), editor, Cancel)).Outcome);
        await DecideAsync(comment, Decision.Approve);

        Assert.Equal(DecisionOutcome.NotAllowed, (await Site.Replies.ReplyAsync(new(comment.Id, 1), comment.Text, (Guid.CreateVersion7(), "Thank you."), Ada, Cancel)).Outcome);
        Assert.Equal(
            DecisionOutcome.NotAllowed,
            (await Site.Replies.ReplyAsync(new(comment.Id, 1), comment.Text, (Guid.CreateVersion7(), "  "), editor, Cancel)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await Site.Replies.ReplyAsync(new(comment.Id, 1), comment.Text, (Guid.CreateVersion7(), "Thank you."), editor, Cancel)).Outcome);

        await using var db = await Site.OpenAsync();
        var reply = await db.Set<Comment>().SingleAsync(one => one.ParentId == comment.Id, Cancel);
        Assert.Equal(
            (CommentStatus.Approved, "Thank you.", "Edith", "Editor", false),
            (reply.Status, reply.ShownText, reply.Author, reply.Badge, reply.IsWaiting));
        Assert.Equal("Edith", Assert.Single(await Site.HistoryAsync(reply.Id)).By);
    }

    [Fact]
    public async Task An_answer_that_is_sent_several_times_at_once_is_published_once()
    {
        var editor = await Site.AddModeratorAsync("Eve", ModeratorRole.Editor);
        var comment = await Site.WriteAsync();
        await DecideAsync(comment, Decision.Approve);
        var id = Guid.CreateVersion7();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Site.Replies.ReplyAsync(new(comment.Id, 1), comment.Text, (id, "Thank you."), editor, Cancel), Cancel)));
        var later = await Site.Replies.ReplyAsync(new(comment.Id, 1), comment.Text, (id, "Thank you again."), editor, Cancel);

        Assert.Single(results, result => result.Outcome is DecisionOutcome.Done);
        Assert.All(results.Append(later), result =>
            Assert.True(result.Outcome is DecisionOutcome.Done || result == new DecisionResult(DecisionOutcome.AlreadyDecided, "Eve")));
        var seen = Assert.Single(
            (await Site.Get<PublishedComments>().ReadAsync(ModerationTestSite.Article, cancellationToken: Cancel)).Comments);
        Assert.Equal("Thank you.", Assert.Single(seen.Answers).Text);
        Assert.Single(await Site.HistoryAsync(id));
    }

    [Fact]
    public async Task An_answer_to_an_answer_stands_beside_it()
    {
        var editor = await Site.AddModeratorAsync("Edith", ModeratorRole.Editor);
        var comment = await Site.WriteAsync(status: CommentStatus.Approved, shownText: "x");
        var answer = await Site.WriteAsync(status: CommentStatus.Approved, shownText: "y", parent: comment.Id);

        await Site.Replies.ReplyAsync(new(answer.Id, 1), answer.ShownText!, (Guid.CreateVersion7(), "Thank you."), editor, Cancel);

        await using var db = await Site.OpenAsync();
        Assert.Equal(2, await db.Set<Comment>().CountAsync(one => one.ParentId == comment.Id, Cancel));
    }
}

public sealed class EditorReplyServiceTestsOnSqlite() : EditorReplyServiceTests(DatabaseKind.Sqlite);

public sealed class EditorReplyServiceTestsOnPostgres() : EditorReplyServiceTests(DatabaseKind.Postgres);
