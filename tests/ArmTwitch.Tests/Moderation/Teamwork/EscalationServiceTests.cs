using ArmTwitch.Comments;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderation.Teamwork;

namespace ArmTwitch.Tests.Moderation.Teamwork;

public abstract class EscalationServiceTests(DatabaseKind database) : ModerationTestBase(database)
{
    private CommentNoteService Notes => Site.Get<CommentNoteService>();

    private EscalationService Escalations => Site.Get<EscalationService>();

    [Fact]
    public async Task A_comment_that_was_passed_on_stands_before_all_but_crises_for_the_colleague_alone()
    {
        await Site.WriteAsync("A crisis.", level: FlagLevel.Crisis);
        await Site.WriteAsync("Weak.", level: FlagLevel.RedFlag);
        var passed = await Site.WriteAsync("Is this allowed?");
        Assert.Equal([new Colleague(Ben.Id!.Value, "Ben")], await Escalations.ListColleaguesAsync(Ada.Id!.Value, Cancel));

        var done = await Escalations.PassOnAsync(passed.Id, Ben.Id.Value, (Guid.CreateVersion7(), "You know the law."), Ada, Cancel);

        Assert.Equal(["A crisis.", "Is this allowed?", "Weak."], await ListAsync(Ben, QueueTab.All));
        Assert.Equal(["A crisis.", "Weak.", "Is this allowed?"], await ListAsync(Ada, QueueTab.All));
        Assert.Equal(["Is this allowed?"], await ListAsync(Ben, QueueTab.ForMe));
        Assert.Equal((3, 1), await CountAsync(Ben));
        Assert.Equal((3, 0), await CountAsync(Ada));
        var review = (await Site.Queue.FindAsync(passed.Id, Cancel))!;
        Assert.Equal(
            (new PassedOn(Ben.Id.Value, "Ben", "Ada"), "You know the law."),
            (review.PassedOn! with { Entry = null }, Assert.Single(review.Notes).Text));
        var entry = Assert.Single(await Site.HistoryAsync(passed.Id));
        Assert.Equal((DecisionKind.Escalate, "Ada", $"{Ben.Id}"), (entry.Kind, entry.By, entry.Code));
        Assert.Equal(new DecisionResult(DecisionOutcome.Done, DecisionId: entry.Id), done);
    }

    [Fact]
    public async Task Of_what_was_passed_on_a_crisis_comes_first_and_all_of_it_is_counted_on_every_page()
    {
        for (var number = 0; number <= ModerationQueueService.PageSize; number++)
            await Escalations.PassOnAsync((await Site.WriteAsync($"Number {number}.")).Id, Ben.Id!.Value, null, Ada, Cancel);
        var crisis = await Site.WriteAsync("A crisis.", level: FlagLevel.Crisis);
        await Escalations.PassOnAsync(crisis.Id, Ben.Id!.Value, null, Ada, Cancel);
        await Site.WriteAsync("For anybody.");

        var first = await Site.Queue.ListAsync(new QueueFilter(QueueTab.ForMe), null, Ben.Id, Cancel);
        var second = await Site.Queue.ListAsync(new QueueFilter(QueueTab.ForMe), first.Next, Ben.Id, Cancel);

        Assert.Equal(("A crisis.", 52, 52), (first.Rows[0].Excerpt, first.Total, second.Total));
        Assert.Equal(["Number 49.", "Number 50."], second.Rows.Select(row => row.Excerpt));
    }

    [Fact]
    public async Task A_decision_ends_it_and_an_undo_brings_it_back()
    {
        var passed = await Site.WriteAsync("Is this allowed?");
        await Escalations.PassOnAsync(passed.Id, Ben.Id!.Value, null, Ada, Cancel);

        var decision = await DecideAsync(passed, Decision.Approve);
        Assert.Null((await Site.ReadAsync(passed.Id)).EscalatedTo);
        Assert.Equal(DecisionOutcome.AlreadyDecided, (await Escalations.PassOnAsync(passed.Id, Ben.Id.Value, null, Ada, Cancel)).Outcome);

        Assert.Equal(DecisionOutcome.Done, (await UndoAsync(decision)).Outcome);
        Assert.Equal(Ben.Id, (await Site.ReadAsync(passed.Id)).EscalatedTo);
    }

    [Fact]
    public async Task Whoever_passed_it_on_takes_it_back_as_long_as_nobody_has_done_anything_with_it()
    {
        var moe = await Site.AddModeratorAsync("Moe");
        var comment = await Site.WriteAsync("Is this allowed?");
        await Escalations.PassOnAsync(comment.Id, Ben.Id!.Value, null, Ada, Cancel);
        await Escalations.PassOnAsync(comment.Id, moe.Id!.Value, null, Ben, Cancel);
        var (first, second) = ((await Site.HistoryAsync(comment.Id))[0].Id, (await Site.HistoryAsync(comment.Id))[1].Id);
        Site.Clock.Advance(DecisionUndoService.Window * 2);

        Assert.Equal(DecisionOutcome.AlreadyDecided, (await Site.Undo.UndoAsync(first, Ada, Cancel)).Outcome);
        Assert.Equal(DecisionOutcome.NotAllowed, (await Site.Undo.UndoAsync(second, Ada, Cancel)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await Site.Undo.UndoAsync(second, Ben, Cancel)).Outcome);
        Assert.Equal(Ben.Id, (await Site.ReadAsync(comment.Id)).EscalatedTo);

        await Escalations.PassOnAsync(comment.Id, moe.Id.Value, null, Ben, Cancel);
        await DecideAsync(comment, Decision.Approve);
        var third = (await Site.HistoryAsync(comment.Id))[3].Id;
        Assert.Equal(DecisionOutcome.AlreadyDecided, (await Site.Undo.UndoAsync(third, Ben, Cancel)).Outcome);
    }

    [Fact]
    public async Task Nothing_is_passed_on_to_nobody_or_to_oneself()
    {
        var comment = await Site.WriteAsync("Is this allowed?");

        Assert.Equal(DecisionOutcome.NotAllowed, (await Escalations.PassOnAsync(comment.Id, Guid.NewGuid(), null, Ada, Cancel)).Outcome);
        Assert.Equal(DecisionOutcome.NotAllowed, (await Escalations.PassOnAsync(comment.Id, Ada.Id!.Value, null, Ada, Cancel)).Outcome);
    }

    [Fact]
    public async Task A_comment_whose_note_cannot_be_kept_is_not_passed_on()
    {
        var comment = await Site.WriteAsync("Is this allowed?");
        var note = (Guid.CreateVersion7(), new string('x', CommentNote.MaxTextLength + 1));

        Assert.Equal(DecisionOutcome.NotAllowed, (await Escalations.PassOnAsync(comment.Id, Ben.Id!.Value, note, Ada, Cancel)).Outcome);
        Assert.Null((await Site.ReadAsync(comment.Id)).EscalatedTo);
    }

    [Fact]
    public async Task A_note_is_kept_once_and_deleted_by_whoever_wrote_it_or_with_the_comment()
    {
        var comment = await Site.WriteAsync("Is this allowed?");
        var (first, second) = ((Guid.CreateVersion7(), "Ask Mo."), (Guid.CreateVersion7(), "Mo says yes."));
        Assert.Equal(DecisionOutcome.Done, await Notes.AddAsync(comment.Id, first, Ada, Cancel));
        Assert.Equal(DecisionOutcome.AlreadyDecided, await Notes.AddAsync(comment.Id, first, Ada, Cancel));
        Assert.Equal(DecisionOutcome.NotAllowed, await Notes.AddAsync(comment.Id, (Guid.CreateVersion7(), " \n"), Ada, Cancel));
        await Notes.AddAsync(comment.Id, second, Ben, Cancel);

        Assert.Equal(DecisionOutcome.NotAllowed, await Notes.DeleteAsync(comment.Id, second.Item1, Ada, Cancel));
        Assert.Equal(DecisionOutcome.Done, await Notes.DeleteAsync(comment.Id, first.Item1, Ada, Cancel));
        Assert.Equal(["Mo says yes."], (await Site.Queue.FindAsync(comment.Id, Cancel))!.Notes.Select(note => note.Text));

        await using (var db = await Site.OpenAsync())
            await CommentErasure.EraseAsync(db, db.Set<Comment>().Where(one => one.Id == comment.Id), comment.Id, Cancel);
        Assert.Empty((await Site.Queue.FindAsync(comment.Id, Cancel))!.Notes);
    }

    [Fact]
    public async Task Other_comments_of_the_last_day_from_the_same_network_or_address_are_counted_and_listed()
    {
        var comment = await Site.WriteAsync("Buy.", email: "seller@armtwitch.test");
        var fromThere = await Site.WriteAsync("Buy now.", status: CommentStatus.Spam);
        var sameAddress = await Site.WriteAsync("Buy it.", email: "seller@armtwitch.test");
        var other = await Site.WriteAsync("Mine stopped.");
        byte[] there = [1, 2, 3], elsewhere = [4, 5, 6];
        await Site.SaveAsync(
            Arrival(comment, there), Arrival(fromThere, there), Arrival(other, elsewhere), Arrival(sameAddress, elsewhere));

        Assert.Equal(2, (await Site.Queue.FindAsync(comment.Id, Cancel))!.Related);
        var listed = await Site.Queue.ListAsync(new QueueFilter(RelatedTo: comment.Id), cancellationToken: Cancel);
        Assert.Equal([sameAddress.Id, fromThere.Id, comment.Id], listed.Rows.Select(row => row.Id));
        var found = await Site.Queue.ListAsync(new QueueFilter(RelatedTo: comment.Id, Words: "now"), cancellationToken: Cancel);
        Assert.Equal([fromThere.Id], found.Rows.Select(row => row.Id));
        Site.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await Site.Queue.FindAsync(comment.Id, Cancel))!.Related);
    }

    private CommentArrival Arrival(Comment comment, byte[] network) =>
        new() { CommentId = comment.Id, Network = network, Content = [], At = Site.Clock.GetUtcNow() };

    private async Task<IEnumerable<string>> ListAsync(Decider who, QueueTab tab) =>
        (await Site.Queue.ListAsync(new QueueFilter(tab), null, who.Id, Cancel)).Rows.Select(row => row.Excerpt);

    private async Task<(int All, int ForMe)> CountAsync(Decider who)
    {
        var counts = await Site.Queue.CountAsync(who.Id, Cancel);
        return (counts.Waiting, counts.ForMe);
    }
}

public sealed class EscalationServiceTestsOnSqlite() : EscalationServiceTests(DatabaseKind.Sqlite);

public sealed class EscalationServiceTestsOnPostgres() : EscalationServiceTests(DatabaseKind.Postgres);
