using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators.Accounts;

namespace ArmTwitch.Tests.Moderation.QueueState;

public sealed class QueueActionsTests : QueueStateTestBase
{
    [Fact]
    public async Task After_a_decision_the_next_in_its_place_is_open_and_has_the_focus()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        Assert.Null(State.TakeFocusTarget());

        await PressAsync("j");
        await PressAsync("a");

        Assert.Equal("three", State.Open!.DisplayText);
        Assert.Equal("Approved: the comment by Ada.", State.Message);
        Assert.Equal((ModerationQueueState.CommentHeading, null), (State.TakeFocusTarget(), State.TakeFocusTarget()));
    }

    [Fact]
    public async Task What_was_read_while_a_decision_ran_does_not_open_its_comment_again()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        var next = (await State.Selection.FindAsync(State.Slice.Rows[1].Id))!;
        var saved = new TaskCompletionSource();
        var decision = State.Gate.TryAsync(async () =>
        {
            await saved.Task;
            State.Selection.Show(next);
        });

        var changes = State.ShowChangesAsync();
        saved.SetResult();
        await Task.WhenAll(decision, changes);

        Assert.Equal(("two", false), (State.Open!.DisplayText, State.IsStale));
    }

    [Fact]
    public async Task A_decision_on_one_says_that_the_chosen_ones_are_left_as_they_are()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        Ticks.Toggle(State.Slice.Rows[1].Version);

        await PressAsync("a");

        Assert.Equal("Approved: the comment by Ada. Only this one; 1 other still chosen.", State.Message);
        Assert.Single(State.Ticked);
    }

    [Fact]
    public async Task What_is_chosen_stays_so_on_the_way_through_the_pages_and_what_drops_out_is_told()
    {
        for (var number = 0; number <= ModerationQueueService.PageSize; number++)
            await Site.WriteAsync($"Buy {number}.", spamScore: .95);
        await State.InitializeAsync(null, filter: new QueueFilter(QueueTab.Advertising));
        await PressAsync("*");

        await Navigation.ChangePageAsync(1);
        await Navigation.ChangePageAsync(-1);
        Assert.Equal(51, State.Ticked.Count);

        await Site.Decisions.DecideAsync(State.Slice.Rows[3].Id, 1, Decision.Spam, Ben, Cancel);
        await Navigation.ChangePageAsync(1);
        Assert.Equal(
            (50, "1 no longer chosen: decided on or changed meanwhile, or not in this list."), (State.Ticked.Count, State.Message));
        await PressAsync("*");
        Assert.Empty(State.Ticked);
    }

    [Fact]
    public async Task A_button_decides_on_the_comment_that_it_was_rendered_with()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        var drawn = Seen;
        await PressAsync("j");

        await Actions.DecideAsync(drawn, Decision.Approve);
        await Actions.ReplyAsync(drawn, Guid.CreateVersion7(), "An answer.");
        await Actions.ShowAsync(drawn, QueuePanel.Refusal);
        await Actions.RedactAsync(drawn, [0, 1]);

        Assert.Equal((2, QueuePanel.None, NotTaken), (State.Counts.Waiting, State.Panel, State.Message));
    }

    [Fact]
    public async Task Only_the_comments_that_the_button_named_are_marked_as_spam()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        Ticks.Toggle(State.Slice.Rows[0].Version);
        var named = State.Ticked.ToList();
        Ticks.Toggle(State.Slice.Rows[1].Version);

        await Actions.MarkTickedAsSpamAsync(named);
        Assert.Equal((3, NotTaken), (State.Counts.Waiting, State.Message));

        await Actions.MarkTickedAsSpamAsync([.. State.Ticked]);
        await Actions.MarkTickedAsSpamAsync([]);
        Assert.Equal((1, "2 of 2 marked as spam."), (State.Counts.Waiting, State.Message[..22]));
    }

    [Fact]
    public async Task Of_those_that_are_not_marked_together_it_is_said_why()
    {
        await WriteAsync("one", "two", "three", "four", "five", "six");
        await State.InitializeAsync(null);
        var rows = State.Slice.Rows;
        foreach (var row in rows)
            Ticks.Toggle(row.Version);
        await Site.Decisions.DecideAsync(rows[0].Id, 1, Decision.Approve, Ben, Cancel);
        await Site.Decisions.DecideAsync(rows[1].Id, 1, Decision.Approve, Ben, Cancel);
        await Site.Decisions.DecideAsync(rows[2].Id, 1, Decision.Approve, Ada, Cancel);
        await Site.EditAsync(rows[3].Id, "Another text.");
        await Site.RemoveAsync(rows[4].Id);

        await Actions.MarkTickedAsSpamAsync([.. State.Ticked]);

        Assert.Equal(
            "1 of 6 marked as spam. Left alone: 2 that Ben had decided on; 1 that you had decided on before; "
            + "1 with a text that has changed since you chose it; 1 no longer there.",
            State.Message);
    }

    [Fact]
    public async Task A_crisis_needs_the_button_that_names_it_and_a_second_key_is_not_enough()
    {
        await Site.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        await State.InitializeAsync(null);

        await PressAsync("a");
        await PressAsync("a");
        Assert.Equal((1, QueuePanel.Risk), (State.Counts.Waiting, State.Panel));
        Assert.Equal("it speaks of ending life", State.Forms.Risk!.Although);

        await Actions.ConfirmAsync(Seen, State.Forms.Risk);
        Assert.Equal((0, "Approved: the comment by Ada."), (State.Counts.Waiting, State.Message));
    }

    [Fact]
    public async Task A_crisis_is_not_marked_as_spam_by_a_key_nor_refused_by_a_form_without_a_second_act()
    {
        await Site.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        await State.InitializeAsync(null);

        await PressAsync("s");
        await PressAsync("s");
        Assert.Equal((1, QueuePanel.Risk, DecisionKind.Spam), (State.Counts.Waiting, State.Panel, State.Forms.Risk!.Decision));
        await PressAsync("Escape");
        await PressAsync("x");
        await Actions.DecideAsync(Seen, Decision.Reject(RefusalReason.Advertising));
        Assert.Equal((1, QueuePanel.Risk, DecisionKind.Reject), (State.Counts.Waiting, State.Panel, State.Forms.Risk!.Decision));

        await Actions.ConfirmAsync(Seen, State.Forms.Risk);
        Assert.Equal((0, "Refused: the comment by Ada."), (State.Counts.Waiting, State.Message));
    }

    [Fact]
    public async Task A_crisis_among_those_that_are_marked_together_waits_and_is_asked_about_by_itself()
    {
        await Site.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        foreach (var row in State.Slice.Rows)
            Ticks.Toggle(row.Version);

        await Actions.MarkTickedAsSpamAsync([.. State.Ticked]);

        Assert.Equal("2 of 3 marked as spam. 1 may be a crisis and waits still: it is open now.", State.Message);
        Assert.Equal((1, 0, QueuePanel.Risk), (State.Counts.Waiting, State.Ticked.Count, State.Panel));
        Assert.Equal(("I want to end my life.", ModerationQueueState.FormHeading), (State.Open!.DisplayText, State.TakeFocusTarget()));
    }

    [Fact]
    public async Task Every_action_tells_a_removed_moderator_so()
    {
        var decided = await Site.WriteAsync("It stopped.");
        var done = await Site.Decisions.DecideAsync(decided.Id, 1, Decision.Approve, Ada, Cancel);
        var hidden = await Site.WriteAsync("I am Ada Smith.");
        await Site.Decisions.DecideAsync(hidden.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), Ben, Cancel);
        await Site.WriteAsync("Mine, too.");
        await State.InitializeAsync(null);
        await Site.Get<ModeratorAccounts>().RemoveAsync(Ada.Id!.Value, cancellationToken: Cancel);

        await SaysSoAsync(() => Actions.DecideAsync(Seen, Decision.Approve));
        await SaysSoAsync(() => Actions.UndoAsync([new(done.DecisionId!.Value, decided.Id, "Ada", DecisionKind.Approve, default)]));
        await SaysSoAsync(() => Actions.ReplyAsync(Seen, Guid.CreateVersion7(), "Thank you."));
        await State.SelectAsync(hidden.Id);
        await SaysSoAsync(() => Actions.ReadOriginalAsync(Seen));
        Assert.Null(State.Original);
        Ticks.Toggle(State.Slice.Rows[0].Version);
        await SaysSoAsync(() => Actions.MarkTickedAsSpamAsync([.. State.Ticked]));
        Assert.Equal((1, 1), (State.Counts.Waiting, State.Ticked.Count));

        async Task SaysSoAsync(Func<Task> act)
        {
            State.SetMessage("");
            await act();
            Assert.StartsWith("You are signed out, or your account has changed.", State.Message, StringComparison.Ordinal);
        }
    }
}
