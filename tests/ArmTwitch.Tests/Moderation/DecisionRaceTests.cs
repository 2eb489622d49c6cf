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

namespace ArmTwitch.Tests.Moderation;

/// <summary>What comes of an act during which a colleague or the writer does something else to the same comment.</summary>
public abstract class DecisionRaceTests : IAsyncLifetime
{
    private readonly FailingCommandInterceptor database = new();
    private readonly ModerationTestSite desk;
    private Decider ada = null!, ben = null!, edith = null!;
    private Comment comment = null!;

    protected DecisionRaceTests(DatabaseKind kind) => desk = new(kind, database);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (ada, ben, edith) = (await desk.HireAsync("Ada"), await desk.HireAsync("Ben"), await desk.HireAsync("Edith", ModeratorRole.Editor));
        comment = await desk.WriteAsync("First.", email: "reader@example.org");
        await DecideAsync(1, Decision.Approve, ada);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_to_words_that_were_replaced_meanwhile_is_not_published()
    {
        await desk.EditAsync(comment.Id, "Second.");
        await DecideAsync(2, Decision.Approve, ben);

        Assert.Equal(DecisionOutcome.TextChanged, (await ReplyAsync(1)).Outcome);
        Assert.Equal(0, await CountAnswersAsync());
        Assert.Equal(DecisionOutcome.Done, (await ReplyAsync(2)).Outcome);
        Assert.Equal(1, await CountAnswersAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_is_published_below_the_older_version_only_for_who_saw_that_readers_see_it(bool isRefused)
    {
        await desk.EditAsync(comment.Id, "Second.");
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
    public async Task No_answer_comes_after_a_colleague_has_replaced_or_removed_what_the_editor_saw(bool isRemoved)
    {
        var colleague = database.AfterReadingComments(async () =>
        {
            if (!isRemoved)
                await desk.EditAsync(comment.Id, "Second.");
            return await desk.Decisions.DecideAsync(
                comment.Id, isRemoved ? 1 : 2, isRemoved ? Decision.Remove : Decision.Approve, ben, Stop);
        });

        var answer = await ReplyAsync(1);

        Assert.Equal(DecisionOutcome.Done, (await colleague).Outcome);
        await using var db = await desk.OpenAsync();
        var published = await db.Set<CommentDecision>().SingleOrDefaultAsync(one => one.Code == DecisionService.ReplyCode, Stop);
        Assert.Equal(answer.Outcome is DecisionOutcome.Done, published is not null);
        Assert.True(published is null || published.Id < (await desk.HistoryAsync(comment.Id))[^1].Id);
    }

    [Fact]
    public async Task A_removal_that_is_undone_gives_back_what_readers_saw_whoever_decided_at_that_moment()
    {
        await desk.EditAsync(comment.Id, "Second.");
        var colleague = database.AfterReadingComments(() => desk.Decisions.DecideAsync(comment.Id, 2, Decision.Approve, ben, Stop));

        var removal = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Stop);
        var isApproved = (await colleague).Outcome is DecisionOutcome.Done;
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.UndoAsync(removal.DecisionId!.Value, ada, Stop)).Outcome);

        var after = await desk.ReadAsync(comment.Id);
        Assert.Equal(
            (CommentStatus.Approved, isApproved ? "Second." : "First.", !isApproved), (after.Status, after.ShownText, after.IsWaiting));
    }

    [Fact]
    public async Task A_spam_decision_that_is_undone_gives_back_the_words_that_were_sealed_at_that_moment()
    {
        await desk.EditAsync(comment.Id, "I am Ada Smith.");
        var colleague = database.AfterReadingComments(() =>
            desk.Decisions.DecideAsync(comment.Id, 2, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ben, Stop));

        var spam = await desk.Decisions.DecideAsync(comment.Id, 2, Decision.Spam, ada, Stop);
        var isSealed = (await colleague).Outcome is DecisionOutcome.Done;
        if (spam.DecisionId is { } made)
            await desk.Decisions.UndoAsync(made, ada, Stop);

        Assert.NotEqual(isSealed, spam.Outcome is DecisionOutcome.Done);
        Assert.Equal(isSealed ? "I am [removed: name]." : "First.", (await desk.ReadAsync(comment.Id)).ShownText);
    }

    [Fact]
    public async Task An_original_is_not_read_below_another_version_of_the_comment()
    {
        await desk.EditAsync(comment.Id, "I am Ada Smith.");
        await DecideAsync(2, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ben);

        Assert.Equal(new OriginalText(DecisionOutcome.TextChanged), await desk.Waiting.ReadOriginalAsync(new(comment.Id, 1), ada, Stop));
        Assert.Equal("I am Ada Smith.", (await desk.Waiting.ReadOriginalAsync(new(comment.Id, 2), ada, Stop)).Text);
        Assert.Single(await desk.HistoryAsync(comment.Id), entry => entry.Kind is DecisionKind.OriginalRead);
    }

    [Fact]
    public async Task Whoever_takes_a_removal_back_has_the_writer_told_after_all()
    {
        var removal = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Stop);
        Assert.Equal([MailState.Cancelled], await MailsAsync());

        await desk.Decisions.UndoAsync(removal.DecisionId!.Value, ada, Stop);

        Assert.Equal([MailState.Queued], await MailsAsync());
        Assert.Equal((await desk.HistoryAsync(comment.Id))[0].At + DecisionMailer.Delay, (await desk.MailsAsync())[0].DueAt);
    }

    [Fact]
    public async Task A_refusal_of_the_next_version_that_is_taken_back_leaves_the_mail_about_the_first()
    {
        await desk.EditAsync(comment.Id, "Second.");
        var refusal = await desk.Decisions.DecideAsync(comment.Id, 2, Decision.Reject(RefusalReason.Abuse), ben, Stop);
        Assert.Equal([MailState.Cancelled, MailState.Queued], await MailsAsync());

        await desk.Decisions.UndoAsync(refusal.DecisionId!.Value, ben, Stop);

        Assert.Equal([MailState.Queued, MailState.Cancelled], await MailsAsync());
    }

    [Fact]
    public async Task No_mail_comes_back_that_tells_of_a_decision_taken_back_or_that_the_writer_wants_no_more()
    {
        await desk.Decisions.UndoAsync((await desk.HistoryAsync(comment.Id))[0].Id, ada, Stop);
        var refusal = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.Abuse), ben, Stop);
        await desk.Decisions.UndoAsync(refusal.DecisionId!.Value, ben, Stop);
        Assert.Equal([MailState.Cancelled, MailState.Cancelled], await MailsAsync());

        await DecideAsync(1, Decision.Approve, ada);
        var removal = await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Stop);
        await using (var db = await desk.OpenAsync())
            await CommentErasure.EraseAddressAsync(db, db.Set<Comment>().Where(one => one.Id == comment.Id), comment.Id, Stop);
        await desk.Decisions.UndoAsync(removal.DecisionId!.Value, ada, Stop);
        Assert.All(await MailsAsync(), state => Assert.Equal(MailState.Cancelled, state));
    }

    [Theory]
    [InlineData(SendVerdict.NotNow)]
    [InlineData(SendVerdict.RouteClosed)]
    [InlineData(SendVerdict.Unknown)]
    public async Task A_mail_that_is_on_its_way_while_its_comment_is_removed_is_not_tried_again(SendVerdict verdict)
    {
        var outbox = desk.Site.Get<Outbox>();
        var mail = await SubmitAsync(desk.Site);

        await DecideAsync(1, Decision.Remove, ben);
        await outbox.RecordAndClaimAsync([new MailSendResult(mail, new SendResult(verdict, "what a server says"))], [], 0, [], Stop);
        desk.Site.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Site.Get<OutboxRecovery>().RecoverAsync(Stop);

        Assert.Equal([MailState.Cancelled], await MailsAsync());
    }

    [Fact]
    public async Task A_mail_in_doubt_about_a_comment_that_is_removed_is_not_tried_again()
    {
        var outbox = desk.Site.Get<Outbox>();
        var mail = await SubmitAsync(desk.Site);
        await outbox.RecordAndClaimAsync([new MailSendResult(mail, new SendResult(SendVerdict.Unknown, ""))], [], 0, [], Stop);

        await DecideAsync(1, Decision.Remove, ben);
        desk.Site.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Site.Get<OutboxRecovery>().RecoverAsync(Stop);

        Assert.Equal([MailState.Cancelled], await MailsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_undone_of_which_a_replica_with_a_clock_far_ahead_has_told_the_writer(bool isSent)
    {
        await using var ahead = new TestSite(settings: desk.Site.SameDatabase);
        ahead.Visit().Dispose();
        var mail = await SubmitAsync(ahead);
        if (isSent)
            await ahead.Get<Outbox>()
                .RecordAndClaimAsync([new MailSendResult(mail, new SendResult(SendVerdict.Accepted, "250 ok"))], [], 0, [], Stop);

        var undone = await desk.Decisions.UndoAsync((await desk.HistoryAsync(comment.Id))[0].Id, ada, Stop);

        Assert.Equal(DecisionOutcome.WriterTold, undone.Outcome);
        Assert.Equal(CommentStatus.Approved, (await desk.ReadAsync(comment.Id)).Status);
    }

    [Fact]
    public async Task A_decision_whose_mail_the_writer_switched_off_can_be_undone()
    {
        await using (var db = await desk.OpenAsync())
            await CommentErasure.EraseAddressAsync(db, db.Set<Comment>().Where(one => one.Id == comment.Id), comment.Id, Stop);

        Assert.Equal(
            DecisionOutcome.Done, (await desk.Decisions.UndoAsync((await desk.HistoryAsync(comment.Id))[0].Id, ada, Stop)).Outcome);
    }

    [Theory]
    [InlineData("comment-addresses")]
    [InlineData("comment-originals")]
    public async Task A_comment_that_waits_again_just_when_housekeeping_comes_loses_nothing(string rule)
    {
        await desk.SaveAsync(new CommentFlag
        {
            CommentId = comment.Id,
            Revision = 1,
            Rule = "dose",
            Version = 1,
            Level = FlagLevel.Ordinary,
            Words = "First",
            Why = "Because."
        });
        desk.Site.Clock.Advance(CommentRetentionRules.WordsLife);
        var writer = database.AfterReadingComments(async () =>
        {
            await desk.EditAsync(comment.Id, "Second.");
            return true;
        });

        await using (var db = await desk.OpenAsync())
        {
            var context = new RetentionContext(db, desk.Site.Get<WriteTransactionFactory>(), desk.Site.Clock.GetUtcNow());
            await new CommentRetentionRules().Rules.Single(one => one.Name == rule).ApplyAsync(context, Stop);
            Assert.Equal("First", (await db.Set<CommentFlag>().SingleAsync(Stop)).Words);
        }

        Assert.True(await writer);
        Assert.Equal(("reader@example.org", "Second."), await desk.ReadAsync(comment.Id) is var now ? (now.Email, now.Text) : default);
    }

    /// <summary>Has the only mail be on its way, as soon as it may be by the clock of that site.</summary>
    private static async Task<OutgoingMail> SubmitAsync(TestSite site)
    {
        site.Clock.Advance(DecisionMailer.Delay);
        var outbox = site.Get<Outbox>();
        var claimed = (await outbox.RecordAndClaimAsync([], [], 1, [], Stop)).Claimed;
        return Assert.Single((await outbox.RecordAndClaimAsync([], claimed, 0, [], Stop)).Submitted);
    }

    private async Task DecideAsync(int revision, Decision decision, Decider decider) =>
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.DecideAsync(comment.Id, revision, decision, decider, Stop)).Outcome);

    private Task<DecisionResult> ReplyAsync(int revision, string? shown = null) =>
        desk.Decisions.ReplyAsync(
            new(comment.Id, revision), shown ?? (revision is 1 ? "First." : "Second."), Guid.CreateVersion7(), "Thank you.", edith, Stop);

    private async Task<int> CountAnswersAsync()
    {
        await using var db = await desk.OpenAsync();
        return await db.Set<Comment>().CountAsync(one => one.ParentId == comment.Id, Stop);
    }

    private async Task<IEnumerable<MailState>> MailsAsync() => (await desk.MailsAsync()).Select(mail => mail.State);
}

public sealed class DecisionRaceTestsOnSqlite() : DecisionRaceTests(DatabaseKind.Sqlite);

public sealed class DecisionRaceTestsOnPostgres() : DecisionRaceTests(DatabaseKind.Postgres);
