using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Moderation.Deciding;

public abstract class DecisionUndoServiceTests(DatabaseKind database) : ModerationTestBase(database)
{
    [Fact]
    public async Task A_removal_that_is_undone_gives_back_the_version_that_waited()
    {
        var comment = await Site.WriteAsync("First.");
        await DecideAsync(comment, Decision.Approve);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Site.EditAsync(comment.Id, "Second.");
        var before = await Site.ReadAsync(comment.Id);

        var removal = await DecideAsync(comment, Decision.Remove);
        await UndoAsync(removal);

        Assert.Equivalent(before, await Site.ReadAsync(comment.Id));
    }

    public static TheoryData<int> Undoable => [.. Enumerable.Range(0, 4)];

    [Theory]
    [MemberData(nameof(Undoable))]
    public async Task An_undo_restores_everything_and_cancels_the_mail(int number)
    {
        Decision[] decisions = [
            Decision.Approve, Decision.ApproveRedacted(new Redaction(0, 3, RemovedKind.Name)), Decision.Reject(RefusalReason.Abuse),
            Decision.Spam];
        var comment = await Site.WriteAsync("First words.", email: "reader@example.org");
        await DecideAsync(comment, Decision.ApproveRedacted(new Redaction(0, 5, RemovedKind.Dose)));
        await Site.EditAsync(comment.Id, "Second words.");
        var before = await Site.ReadAsync(comment.Id);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));

        var done = await DecideAsync(comment, decisions[number], Ada, 2);
        Site.Clock.Advance(DecisionUndoService.Window);
        var undone = await UndoAsync(done);

        Assert.Equal(DecisionOutcome.Done, undone.Outcome);
        Assert.Equivalent(before, await Site.ReadAsync(comment.Id));
        Assert.All(
            (await Site.MailsAsync()).Where(mail => mail.Cause.EndsWith("revision 2", StringComparison.Ordinal)),
            mail => Assert.Equal(MailState.Cancelled, mail.State));
        var history = await Site.HistoryAsync(comment.Id);
        Assert.NotNull(history[1].UndoneAt);
        Assert.Equal(DecisionKind.Undo, history[2].Kind);
        Assert.Equal(
            DecisionOutcome.Done,
            (await DecideAsync(comment, Decision.Reject(RefusalReason.Abuse), Ben, 2)).Outcome);
    }

    [Fact]
    public async Task An_undo_comes_too_late_after_ten_minutes()
    {
        var comment = await Site.WriteAsync();
        var done = await DecideAsync(comment, Decision.Spam);
        Site.Clock.Advance(DecisionUndoService.Window + TimeSpan.FromSeconds(1));

        Assert.Equal(DecisionOutcome.TooLate, (await UndoAsync(done)).Outcome);
    }

    [Fact]
    public async Task Only_the_moderator_who_decided_or_an_admin_undoes()
    {
        var chief = await Site.AddModeratorAsync("Chief", ModeratorRole.Admin);
        var comment = await Site.WriteAsync();
        var done = await DecideAsync(comment, Decision.Spam);

        Assert.Equal(DecisionOutcome.NotAllowed, (await UndoAsync(done, Ben)).Outcome);
        Assert.Equal(DecisionOutcome.Done, (await UndoAsync(done, chief)).Outcome);
        Assert.Equal(DecisionOutcome.AlreadyDecided, (await UndoAsync(done)).Outcome);
    }

    [Fact]
    public async Task Nothing_is_undone_once_the_author_has_changed_the_text()
    {
        var comment = await Site.WriteAsync();
        var done = await DecideAsync(comment, Decision.Approve);
        await Site.EditAsync(comment.Id, "Other words.");

        Assert.Equal(DecisionOutcome.TextChanged, (await UndoAsync(done)).Outcome);
    }

    [Fact]
    public async Task Of_two_undos_at_once_one_undoes()
    {
        var comment = await Site.WriteAsync();
        var done = await DecideAsync(comment, Decision.Approve);

        var results = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => Task.Run(() => UndoAsync(done), Cancel)));

        Assert.Single(results, result => result.Outcome is DecisionOutcome.Done);
        Assert.Single(await Site.HistoryAsync(comment.Id), entry => entry.Kind is DecisionKind.Undo);
    }
}

public sealed class DecisionUndoServiceTestsOnSqlite() : DecisionUndoServiceTests(DatabaseKind.Sqlite);

public sealed class DecisionUndoServiceTestsOnPostgres() : DecisionUndoServiceTests(DatabaseKind.Postgres);
