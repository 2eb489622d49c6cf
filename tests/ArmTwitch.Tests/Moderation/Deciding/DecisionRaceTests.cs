using ArmTwitch.Comments;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderation.Deciding;

/// <summary>Actions during which a colleague or the author does something else to the same comment.</summary>
public abstract class DecisionRaceTests : IAsyncLifetime
{
    private readonly FailingCommandInterceptor database = new();
    private readonly ModerationTestSite site;
    private Decider ada = null!, ben = null!, edith = null!;
    private Comment comment = null!;

    protected DecisionRaceTests(DatabaseKind kind) => site = new(kind, database);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (ada, ben, edith) = (await site.AddModeratorAsync("Ada"), await site.AddModeratorAsync("Ben"), await site.AddModeratorAsync("Edith", ModeratorRole.Editor));
        comment = await site.WriteAsync("First.", email: "reader@example.org");
        await DecideAsync(1, Decision.Approve, ada);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await site.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_to_words_that_were_replaced_meanwhile_is_not_published()
    {
        await site.EditAsync(comment.Id, "Second.");
        await DecideAsync(2, Decision.Approve, ben);

        Assert.Equal(DecisionOutcome.TextChanged, (await ReplyAsync(1)).Outcome);
        Assert.Equal(0, await CountAnswersAsync());
        Assert.Equal(DecisionOutcome.Done, (await ReplyAsync(2)).Outcome);
        Assert.Equal(1, await CountAnswersAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_below_an_older_version_needs_an_editor_who_saw_that_version(bool isRefused)
    {
        await site.EditAsync(comment.Id, "Second.");
        if (isRefused)
            await DecideAsync(2, Decision.Reject(RefusalReason.Abuse), ben);

        Assert.Equal(DecisionOutcome.TextChanged, (await ReplyAsync(2)).Outcome);
        Assert.Equal(0, await CountAnswersAsync());
        Assert.Equal(DecisionOutcome.Done, (await ReplyAsync(2, shown: "First.")).Outcome);
    }

    [Fact]
    public async Task An_answer_to_what_was_taken_off_the_page_is_not_published()
    {
        await DecideAsync(1, Decision.Remove, ben);

        Assert.Equal(DecisionOutcome.NotShown, (await ReplyAsync(1)).Outcome);
        Assert.Equal(0, await CountAnswersAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_answer_is_published_after_a_colleague_replaced_or_removed_the_text(bool isRemoved)
    {
        var colleague = database.AfterReadingComments(async () =>
        {
            if (!isRemoved)
                await site.EditAsync(comment.Id, "Second.");
            return await site.Decisions.DecideAsync(
                comment.Id, isRemoved ? 1 : 2, isRemoved ? Decision.Remove : Decision.Approve, ben, Cancel);
        });

        var answer = await ReplyAsync(1);

        Assert.Equal(DecisionOutcome.Done, (await colleague).Outcome);
        await using var db = await site.OpenAsync();
        var published = await db.Set<CommentDecision>().SingleOrDefaultAsync(one => one.Code == EditorReplyService.AuditCode, Cancel);
        Assert.Equal(answer.Outcome is DecisionOutcome.Done, published is not null);
        Assert.True(published is null || published.Id < (await site.HistoryAsync(comment.Id))[^1].Id);
    }

    [Fact]
    public async Task An_undone_removal_restores_the_text_of_a_concurrent_approval()
    {
        await site.EditAsync(comment.Id, "Second.");
        var colleague = database.AfterReadingComments(() => site.Decisions.DecideAsync(comment.Id, 2, Decision.Approve, ben, Cancel));

        var removal = await site.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Cancel);
        var isApproved = (await colleague).Outcome is DecisionOutcome.Done;
        Assert.Equal(DecisionOutcome.Done, (await site.Undo.UndoAsync(removal.DecisionId!.Value, ada, Cancel)).Outcome);

        var after = await site.ReadAsync(comment.Id);
        Assert.Equal(
            (CommentStatus.Approved, isApproved ? "Second." : "First.", !isApproved), (after.Status, after.ShownText, after.IsWaiting));
    }

    [Fact]
    public async Task An_undone_spam_decision_restores_the_text_of_a_concurrent_redaction()
    {
        await site.EditAsync(comment.Id, "I am Ada Smith.");
        var colleague = database.AfterReadingComments(() =>
            site.Decisions.DecideAsync(comment.Id, 2, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ben, Cancel));

        var spam = await site.Decisions.DecideAsync(comment.Id, 2, Decision.Spam, ada, Cancel);
        var isSealed = (await colleague).Outcome is DecisionOutcome.Done;
        if (spam.DecisionId is { } made)
            await site.Undo.UndoAsync(made, ada, Cancel);

        Assert.NotEqual(isSealed, spam.Outcome is DecisionOutcome.Done);
        Assert.Equal(isSealed ? "I am [removed: name]." : "First.", (await site.ReadAsync(comment.Id)).ShownText);
    }

    [Fact]
    public async Task An_original_is_not_read_below_another_version_of_the_comment()
    {
        await site.EditAsync(comment.Id, "I am Ada Smith.");
        await DecideAsync(2, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ben);

        Assert.Equal(new OriginalText(DecisionOutcome.TextChanged), await site.Queue.ReadOriginalAsync(new(comment.Id, 1), ada, Cancel));
        Assert.Equal("I am Ada Smith.", (await site.Queue.ReadOriginalAsync(new(comment.Id, 2), ada, Cancel)).Text);
        Assert.Single(await site.HistoryAsync(comment.Id), entry => entry.Kind is DecisionKind.OriginalRead);
    }

    [Fact]
    public async Task An_undone_removal_queues_the_mail_to_the_author_again()
    {
        var removal = await site.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Cancel);
        Assert.Equal([MailState.Cancelled], await MailsAsync());

        await site.Undo.UndoAsync(removal.DecisionId!.Value, ada, Cancel);

        Assert.Equal([MailState.Queued], await MailsAsync());
        Assert.Equal((await site.HistoryAsync(comment.Id))[0].At + DecisionMailer.Delay, (await site.MailsAsync())[0].DueAt);
    }

    [Fact]
    public async Task An_undone_refusal_of_the_next_version_leaves_the_mail_about_the_first()
    {
        await site.EditAsync(comment.Id, "Second.");
        var refusal = await site.Decisions.DecideAsync(comment.Id, 2, Decision.Reject(RefusalReason.Abuse), ben, Cancel);
        Assert.Equal([MailState.Cancelled, MailState.Queued], await MailsAsync());

        await site.Undo.UndoAsync(refusal.DecisionId!.Value, ben, Cancel);

        Assert.Equal([MailState.Queued, MailState.Cancelled], await MailsAsync());
    }

    [Fact]
    public async Task No_mail_about_an_undone_decision_or_to_an_erased_address_is_queued_again()
    {
        await site.Undo.UndoAsync((await site.HistoryAsync(comment.Id))[0].Id, ada, Cancel);
        var refusal = await site.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.Abuse), ben, Cancel);
        await site.Undo.UndoAsync(refusal.DecisionId!.Value, ben, Cancel);
        Assert.Equal([MailState.Cancelled, MailState.Cancelled], await MailsAsync());

        await DecideAsync(1, Decision.Approve, ada);
        var removal = await site.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Cancel);
        await using (var db = await site.OpenAsync())
            await CommentErasure.EraseAddressAsync(db, db.Set<Comment>().Where(one => one.Id == comment.Id), comment.Id, Cancel);
        await site.Undo.UndoAsync(removal.DecisionId!.Value, ada, Cancel);
        Assert.All(await MailsAsync(), state => Assert.Equal(MailState.Cancelled, state));
    }

    [Theory]
    [InlineData(SendVerdict.NotNow)]
    [InlineData(SendVerdict.RouteClosed)]
    [InlineData(SendVerdict.Unknown)]
    public async Task A_mail_that_is_on_its_way_while_its_comment_is_removed_is_not_tried_again(SendVerdict verdict)
    {
        var outbox = site.Get<Outbox>();
        var mail = await SubmitAsync(site.Site);

        await DecideAsync(1, Decision.Remove, ben);
        await outbox.RecordAndClaimAsync([new MailSendResult(mail, new SendResult(verdict, "what a server says"))], [], 0, [], Cancel);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.Get<OutboxRecovery>().RecoverAsync(Cancel);

        Assert.Equal([MailState.Cancelled], await MailsAsync());
    }

    [Fact]
    public async Task A_mail_of_unknown_delivery_about_a_removed_comment_is_not_tried_again()
    {
        var outbox = site.Get<Outbox>();
        var mail = await SubmitAsync(site.Site);
        await outbox.RecordAndClaimAsync([new MailSendResult(mail, new SendResult(SendVerdict.Unknown, ""))], [], 0, [], Cancel);

        await DecideAsync(1, Decision.Remove, ben);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.Get<OutboxRecovery>().RecoverAsync(Cancel);

        Assert.Equal([MailState.Cancelled], await MailsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_undone_after_a_replica_with_a_fast_clock_has_mailed_the_author(bool isSent)
    {
        await using var ahead = new TestSite(settings: site.Site.SameDatabase);
        ahead.Visit().Dispose();
        var mail = await SubmitAsync(ahead);
        if (isSent)
            await ahead.Get<Outbox>()
                .RecordAndClaimAsync([new MailSendResult(mail, new SendResult(SendVerdict.Accepted, "250 ok"))], [], 0, [], Cancel);

        var undone = await site.Undo.UndoAsync((await site.HistoryAsync(comment.Id))[0].Id, ada, Cancel);

        Assert.Equal(DecisionOutcome.AuthorTold, undone.Outcome);
        Assert.Equal(CommentStatus.Approved, (await site.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task A_decision_whose_mail_the_author_switched_off_can_be_undone()
    {
        await using (var db = await site.OpenAsync())
            await CommentErasure.EraseAddressAsync(db, db.Set<Comment>().Where(one => one.Id == comment.Id), comment.Id, Cancel);

        Assert.Equal(
            DecisionOutcome.Done, (await site.Undo.UndoAsync((await site.HistoryAsync(comment.Id))[0].Id, ada, Cancel)).Outcome);
    }

    [Theory]
    [InlineData("comment-addresses")]
    [InlineData("comment-originals")]
    public async Task A_comment_that_waits_again_during_retention_loses_nothing(string rule)
    {
        await site.SaveAsync(new CommentFlag
        {
            CommentId = comment.Id,
            Revision = 1,
            Rule = "dose",
            Version = 1,
            Level = FlagLevel.Ordinary,
            Words = "First",
            Why = "Because."
        });
        site.Clock.Advance(CommentRetentionRules.WordsLife);
        var edit = database.AfterReadingComments(async () =>
        {
            await site.EditAsync(comment.Id, "Second.");
            return true;
        });

        await using (var db = await site.OpenAsync())
        {
            var context = new RetentionContext(db, site.Get<WriteTransactionFactory>(), site.Clock.GetUtcNow());
            await new CommentRetentionRules().Rules.Single(one => one.Name == rule).ApplyAsync(context, Cancel);
            Assert.Equal("First", (await db.Set<CommentFlag>().SingleAsync(Cancel)).Words);
        }

        Assert.True(await edit);
        Assert.Equal(("reader@example.org", "Second."), await site.ReadAsync(comment.Id) is var now ? (now.Email, now.Text) : default);
    }

    /// <summary>Submits the only mail, as soon as it is due by the clock of that site.</summary>
    private static async Task<OutgoingMail> SubmitAsync(TestSite site)
    {
        site.Clock.Advance(DecisionMailer.Delay);
        var outbox = site.Get<Outbox>();
        var claimed = (await outbox.RecordAndClaimAsync([], [], 1, [], Cancel)).Claimed;
        return Assert.Single((await outbox.RecordAndClaimAsync([], claimed, 0, [], Cancel)).Submitted);
    }

    private async Task DecideAsync(int revision, Decision decision, Decider decider) =>
        Assert.Equal(DecisionOutcome.Done, (await site.Decisions.DecideAsync(comment.Id, revision, decision, decider, Cancel)).Outcome);

    private Task<DecisionResult> ReplyAsync(int revision, string? shown = null) =>
        site.Replies.ReplyAsync(new(comment.Id, revision), shown ?? (revision is 1 ? "First." : "Second."), (Guid.CreateVersion7(), "Thank you."), edith, Cancel);

    private async Task<int> CountAnswersAsync()
    {
        await using var db = await site.OpenAsync();
        return await db.Set<Comment>().CountAsync(one => one.ParentId == comment.Id, Cancel);
    }

    private async Task<IEnumerable<MailState>> MailsAsync() => (await site.MailsAsync()).Select(mail => mail.State);
}

public sealed class DecisionRaceTestsOnSqlite() : DecisionRaceTests(DatabaseKind.Sqlite);

public sealed class DecisionRaceTestsOnPostgres() : DecisionRaceTests(DatabaseKind.Postgres);
