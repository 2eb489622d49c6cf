using ArmTwitch.Comments;
using ArmTwitch.Comments.Authors;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Data;
using ArmTwitch.Moderation;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Comments.Spam;

public abstract class SpamTrainingTests(DatabaseKind database) : CommentSiteTests(database, ("Limits:Enabled", "false"))
{
    private static readonly Decider Ada = new(Guid.CreateVersion7(), "Ada", ModeratorRole.Moderator);

    private SpamScorer Score => site.Site.Get<SpamScorer>();

    [Fact]
    public async Task A_new_comment_has_a_score_at_once()
    {
        await site.WriteOneAsync("Best online casino, free spins, register now and win!");
        await site.WriteOneAsync("My arm has been twitching for three weeks.");

        var comments = await site.CommentsAsync();

        Assert.InRange(comments[0].SpamScore, .9, 1);
        Assert.InRange(comments[1].SpamScore, 0, .1);
        Assert.All(comments, comment => Assert.Equal(CommentStatus.Pending, comment.Status));
    }

    [Fact]
    public async Task Decisions_are_learned_and_waiting_comments_get_a_new_score()
    {
        var spam = new[] { "Glimmerstones for you", "My glimmerstones shine", "Glimmerstones everywhere" };
        foreach (var text in spam)
            await site.WriteOneAsync(text);
        await site.WriteOneAsync("Glimmerstones again");
        var comments = await site.CommentsAsync();
        var before = comments[^1].SpamScore;

        await DecideAsync(comments[0], Decision.Spam);
        await DecideAsync(comments[1], Decision.Reject(RefusalReason.Advertising));
        await DecideAsync(comments[2], Decision.Spam);
        await LearnAsync();

        var after = (await site.CommentsAsync())[^1];
        Assert.True(after.SpamScore > before + .1, $"{before} became {after.SpamScore}");
        Assert.Equal("glimmerstones", Score.Explain("Glimmerstones again")[0].Word);
        Assert.Equal((CommentStatus.Pending, true), (after.Status, after.IsWaiting));
    }

    [Fact]
    public async Task Approved_words_weigh_against_advertising()
    {
        await site.WriteOneAsync("Quokka");
        await DecideAsync((await site.CommentsAsync())[0], Decision.Approve);
        await LearnAsync();

        Assert.True(WeightOf("quokka") < 0);
    }

    [Fact]
    public async Task A_refusal_for_another_reason_says_nothing_about_advertising()
    {
        await site.WriteOneAsync("Quokka");
        await DecideAsync((await site.CommentsAsync())[0], Decision.Reject(RefusalReason.OffTopic));
        await LearnAsync();

        Assert.Null(WeightOf("quokka"));
    }

    [Fact]
    public async Task What_the_command_line_approved_unread_is_not_learned()
    {
        await site.WriteOneAsync("Quokka");
        await CommentAdministration.ApproveAllPendingAsync(site.Site.Services, TextWriter.Null, Stop);
        await LearnAsync();

        Assert.Null(WeightOf("quokka"));
    }

    [Fact]
    public async Task An_undone_decision_is_forgotten()
    {
        await site.WriteOneAsync("Quokka");
        var decision = await DecideAsync((await site.CommentsAsync())[0], Decision.Spam);
        await LearnAsync();
        Assert.NotNull(WeightOf("quokka"));

        await site.Site.Get<DecisionUndoService>().UndoAsync(decision, Ada, Stop);
        await LearnAsync();

        Assert.Null(WeightOf("quokka"));
    }

    [Theory]
    [InlineData(AuthorAction.Erase)]
    [InlineData(AuthorAction.Withdraw)]
    public async Task The_words_of_a_comment_that_its_author_took_back_are_forgotten(AuthorAction action)
    {
        var page = await site.WriteOneAsync("Quokka");
        await DecideAsync((await site.CommentsAsync())[0], Decision.Approve);
        await LearnAsync();
        Assert.NotNull(WeightOf("quokka"));

        var answer = await site.Site.Get<AuthorCommentService>().ActAsync(new(page["/comments/".Length..], action, Revision: 1), Stop);
        Assert.Equal(new AuthorActionResult(AuthorActionOutcome.Done), answer);
        await LearnAsync();

        Assert.Null(WeightOf("quokka"));
    }

    [Fact]
    public async Task A_word_that_a_moderator_took_out_is_not_learned()
    {
        await site.WriteOneAsync("I am Quokka.");
        await DecideAsync((await site.CommentsAsync())[0], Decision.ApproveRedacted(new Redaction(5, 6, RemovedKind.Name)));
        await LearnAsync();

        Assert.Null(WeightOf("quokka"));
    }

    private double? WeightOf(string word) => Score.Explain(word).SingleOrDefault(one => one.Word == word)?.Weight;

    private Task LearnAsync() => site.Site.Get<SpamTrainingService>().TrainAsync(Stop);

    private async Task<long> DecideAsync(Comment comment, Decision decision)
    {
        await using (var db = await site.OpenAsync())
        {
            if (!db.Users.Any(one => one.Id == Ada.Id))
            {
                db.Add(
                    new Moderator { Id = Ada.Id!.Value, DisplayName = Ada.Name, Role = Ada.Role, CreatedAt = site.Site.Clock.GetUtcNow() });
                await db.SaveChangesAsync(Stop);
            }
        }

        var result = await site.Site.Get<DecisionService>().DecideAsync(comment.Id, comment.Revision, decision, Ada, Stop);
        Assert.Equal(DecisionOutcome.Done, result.Outcome);
        return result.DecisionId!.Value;
    }
}

public sealed class SpamTrainingTestsOnSqlite() : SpamTrainingTests(DatabaseKind.Sqlite);

public sealed class SpamTrainingTestsOnPostgres() : SpamTrainingTests(DatabaseKind.Postgres);
