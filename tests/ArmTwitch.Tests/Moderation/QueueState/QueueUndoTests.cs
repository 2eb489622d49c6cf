using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderation.Teamwork;

namespace ArmTwitch.Tests.Moderation.QueueState;

/// <summary>What is taken back in the queue, and what is shown then.</summary>
public sealed class QueueUndoTests : QueueStateTestBase
{
    [Fact]
    public async Task A_press_that_the_browser_rejected_meanwhile_is_told_beside_what_was_undone()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        await PressAsync("a");

        await DuringAsync(
            () => Actions.UndoAsync(State.NextUndoable),
            () =>
            {
                State.Gate.Reject();
                return Task.CompletedTask;
            });

        Assert.Equal($"Undone: the comment by Ada stands as it did before. {NotTaken}", State.Message);
    }

    [Fact]
    public async Task Spam_that_was_marked_together_is_undone_together()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        foreach (var row in State.Slice.Rows.Take(2))
            Ticks.Toggle(row.Version);

        await Actions.MarkTickedAsSpamAsync([.. State.Ticked]);
        var (left, said) = (State.Slice.Total, State.Message);
        await PressAsync("u");

        Assert.Equal((1, "2 of 2 marked as spam.", 3), (left, said, State.Slice.Total));
    }

    [Fact]
    public async Task After_an_undo_nothing_is_open_that_the_list_does_not_have()
    {
        await WriteAsync("one");
        await Site.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        await State.InitializeAsync(null, filter: new QueueFilter(QueueTab.Rest));
        await PressAsync("a");
        await Navigation.ApplyFilterAsync(new QueueFilter(QueueTab.Crisis));

        await PressAsync("u");

        Assert.Equal("I want to end my life.", State.Open!.DisplayText);
        Assert.Equal(
            ("Undone: the comment by Ada stands as it did before. It is not in this list.", 0), (State.Message, State.Told.Count));
    }

    [Fact]
    public async Task After_several_were_undone_the_list_stays()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        foreach (var row in State.Slice.Rows.Take(2))
            Ticks.Toggle(row.Version);
        await Actions.MarkTickedAsSpamAsync([.. State.Ticked]);
        Assert.False(State.ShowsCase);

        await PressAsync("u");

        Assert.Equal((false, ModerationQueueState.ListHeading, 3), (State.ShowsCase, State.TakeFocusTarget(), State.Slice.Total));
        Assert.Equal("three", State.Open!.DisplayText);
    }

    [Fact]
    public async Task The_key_for_undo_never_leads_from_what_it_cannot_take_back_to_an_older_decision()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        await PressAsync("a");
        await Teamwork.AddNoteAsync(Seen, (Guid.CreateVersion7(), "Ask Mo."));

        await PressAsync("u");
        await PressAsync("u");
        Assert.Equal(
            (1, "A note is not taken back by u. Your last decision (Approved, Ada) can be taken back under “Your last decisions”."),
            (State.Counts.Waiting, State.Message));

        await PressAsync("a");
        await PressAsync("u");
        Assert.Equal(1, State.Counts.Waiting);
    }

    [Fact]
    public async Task Of_those_that_are_not_taken_back_together_it_is_said_why()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        foreach (var row in State.Slice.Rows)
            Ticks.Toggle(row.Version);
        var overtaken = State.Slice.Rows[0].Id;
        await Actions.MarkTickedAsSpamAsync([.. State.Ticked]);
        await Site.EditAsync(overtaken, "Another text.");

        await Actions.UndoAsync(State.ToldUndoable);

        Assert.Equal("1 of 2 undone. Left alone: 1 with which something else has happened since.", State.Message);
    }

    [Fact]
    public async Task A_message_offers_to_take_back_what_it_tells_of_and_nothing_else()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        var first = Seen;
        await PressAsync("a");
        Assert.Equal(first.Id, Assert.Single(State.ToldUndoable).CommentId);
        Ticks.Toggle(State.Slice.Rows[0].Version);
        await Site.Decisions.DecideAsync(State.Slice.Rows[0].Id, 1, Decision.Spam, Ben, Cancel);

        await Actions.MarkTickedAsSpamAsync([.. State.Ticked]);
        Assert.Equal(("0 of 1 marked as spam. Left alone: 1 that Ben had decided on.", 0), (State.Message, State.ToldUndoable.Count));
        await PressAsync("u");
        Assert.StartsWith("Nothing was decided just now, so u takes nothing back.", State.Message, StringComparison.Ordinal);

        await State.SelectAsync(first.Id);
        await Actions.ReplyAsync(Seen, Guid.CreateVersion7(), "Thank you.");
        Assert.Equal(("Your answer is published.", 0), (State.Message, State.ToldUndoable.Count));
        await PressAsync("u");
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(first.Id)).Status);
    }

    [Fact]
    public async Task The_key_for_undo_takes_back_what_the_message_tells_of_and_not_what_came_from_another_tab()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        var (first, second) = (Seen, State.Slice.Rows[1]);
        await PressAsync("a");
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        await Site.Decisions.DecideAsync(second.Id, 1, Decision.Spam, Ada, Cancel);
        await State.ShowChangesAsync();

        await PressAsync("u");

        Assert.Equal(CommentStatus.Pending, (await Site.ReadAsync(first.Id)).Status);
        Assert.Equal(CommentStatus.Spam, (await Site.ReadAsync(second.Id)).Status);
    }

    [Fact]
    public async Task After_a_decision_that_came_too_late_the_key_for_undo_takes_back_nothing_older()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        var first = Seen;
        await PressAsync("a");
        await Site.Decisions.DecideAsync(Seen.Id, 1, Decision.Spam, Ben, Cancel);

        await PressAsync("a");
        await PressAsync("u");

        Assert.StartsWith("Nothing was decided just now", State.Message, StringComparison.Ordinal);
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(first.Id)).Status);
    }

    [Theory]
    [InlineData("a", "decided")]
    [InlineData("s", "decided")]
    [InlineData("s", "told")]
    [InlineData("x", "decided before")]
    [InlineData("a", "hidden")]
    [InlineData("a", "other row")]
    [InlineData("e", "")]
    [InlineData("s", "form")]
    [InlineData("a", "stale")]
    public async Task After_an_act_that_changed_nothing_the_key_for_undo_takes_back_nothing_older(string key, string why)
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        var first = Seen;
        await PressAsync("a");
        await PressAsync("j");
        if (why.StartsWith("decided", StringComparison.Ordinal) || why is "told")
            await Site.Decisions.DecideAsync(Seen.Id, 1, Decision.Approve, Ben, Cancel);
        if (why is "told")
            await State.ShowChangesAsync();
        if (why is "decided before")
            await State.SelectAsync(Seen.Id);
        if (why is "form")
            await PressAsync("x");
        var screen = why switch
        {
            "hidden" => OnScreen with { IsCaseHidden = true },
            "other row" => OnScreen with { Row = State.Slice.Rows[0].Id },
            "stale" => OnScreen with { Comment = first.Id },
            _ => OnScreen,
        };

        await PressAsync(key, screen);
        await PressAsync("u");

        Assert.StartsWith("Nothing was decided just now, so u takes nothing back.", State.Message, StringComparison.Ordinal);
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(first.Id)).Status);
    }

    [Fact]
    public async Task After_a_decision_and_a_second_press_that_came_too_soon_the_key_for_undo_takes_the_decision_back()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        var first = OnScreen;
        await PressAsync("a", first);
        await PressAsync("a", first);

        await PressAsync("u");

        Assert.Equal(2, State.Counts.Waiting);
    }

    [Fact]
    public async Task The_key_for_undo_takes_back_passing_on_and_then_the_decision_before_it()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        await PressAsync("a");
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        var passed = Seen;
        await Teamwork.PassOnAsync(passed, new Colleague(Ben.Id!.Value, "Ben"), (Guid.CreateVersion7(), ""));
        Assert.Equal(("Passed on, Ada", "with Ben"), (State.NextUndoable.UndoOffer(), $"with {State.Slice.Rows[0].EscalatedToName}"));

        await PressAsync("u");
        Assert.Equal((2, "Undone: the comment by Ada stands as it did before.", passed), (State.Counts.Waiting, State.Message, Seen));
        Assert.Null((await Site.ReadAsync(passed.Id)).EscalatedTo);

        await PressAsync("u");
        Assert.Equal(3, State.Counts.Waiting);
    }

    [Fact]
    public async Task All_of_what_looks_like_advertising_is_marked_at_once_and_undone_at_once_but_not_what_has_changed()
    {
        for (var number = 0; number <= ModerationQueueService.PageSize; number++)
            await Site.WriteAsync($"Buy {number}.", spamScore: .95);
        await Site.WriteAsync("Mine stopped.");
        await State.InitializeAsync(null);
        await Navigation.ApplyFilterAsync(new QueueFilter(QueueTab.Advertising));

        await Ticks.ToggleAllAsync();
        await Site.EditAsync((await Site.Queue.ListVersionsAsync(State.Filter, Cancel))[^1].Id, "An honest question.");
        await State.ShowChangesAsync();
        Assert.StartsWith("1 no longer chosen", State.Message, StringComparison.Ordinal);
        await Actions.MarkTickedAsSpamAsync([.. State.Ticked]);
        Assert.Equal(("50 of 50 marked as spam.", 2), (State.Message, State.Counts.Waiting));

        await PressAsync("u");
        Assert.Equal(("50 of 50 undone.", 52), (State.Message, State.Counts.Waiting));
    }
}
