using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>What the screen of the queue keeps in mind, without the screen.</summary>
public sealed class ModerationQueueStateTests : IAsyncLifetime
{
    private const string NotTaken = "Your last press was not taken: the screen had only just changed.";

    private readonly ModerationTestSite desk = new();
    private ModerationQueueState state = null!;

    public async ValueTask InitializeAsync() => state = await SitDownAsync("Ada");

    public async ValueTask DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task After_a_decision_the_next_in_its_place_is_open_and_has_the_focus()
    {
        await WriteAsync("one", "two", "three");
        await state.InitializeAsync(null);
        Assert.Null(state.TakeFocusTarget());

        await PressAsync("j");
        await PressAsync("a");

        Assert.Equal("three", state.Open!.DisplayText);
        Assert.Equal("Approved: the comment by Ada. Press u to undo.", state.Message);
        Assert.Equal((ModerationQueueState.TheCase, null), (state.TakeFocusTarget(), state.TakeFocusTarget()));
    }

    [Fact]
    public async Task A_key_that_is_pressed_before_the_next_comment_shows_decides_on_neither()
    {
        await WriteAsync("one", "two");
        await state.InitializeAsync(null);

        var first = OnScreen;
        Task step, decision;
        using (await desk.Site.Get<SqliteWriteLock>().AcquireAsync(Xunit.TestContext.Current.CancellationToken))
        {
            step = PressAsync("j", first);
            decision = PressAsync("a", first);
        }

        await Task.WhenAll(step, decision);
        Assert.Equal((2, "two"), (state.Counts.Waiting, state.Open!.DisplayText));
        Assert.EndsWith(NotTaken, state.Message, StringComparison.Ordinal);
        await PressAsync("a");
        Assert.Equal(1, state.Counts.Waiting);
    }

    [Fact]
    public async Task Keys_that_are_switched_off_leave_help_and_escape()
    {
        await WriteAsync("one");
        await state.InitializeAsync(null);
        state.ShortcutsEnabled = false;

        await PressAsync("a");
        await PressAsync("?");
        var shown = state.ShowsHelp;
        await PressAsync("Escape");

        Assert.Equal((1, true, false), (state.Counts.Waiting, shown, state.ShowsHelp));
    }

    [Fact]
    public async Task A_new_cut_takes_the_place_of_those_it_touches()
    {
        await WriteAsync("I am Ada Smith from Bath.");
        await state.InitializeAsync(null);

        await state.CutAsync(state.Open!.Version, [5, 3]);
        await state.CutAsync(state.Open!.Version, [9, 5]);
        Assert.Equal((2, "2 places to take out."), (state.Redaction.Redactions.Count, state.Message));

        await state.CutAsync(state.Open!.Version, [5, 9]);
        Assert.Equal((5, 14), (Assert.Single(state.Redaction.Redactions).Start, state.Redaction.Redactions[0].End));
        await state.CutAsync(state.Open!.Version, [20, 500]);
        Assert.Single(state.Redaction.Redactions);

        state.CancelForm();
        Assert.Equal((QueuePanel.None, 0), (state.Panel, state.Redaction.Redactions.Count));
    }

    [Fact]
    public async Task A_text_that_the_writer_has_changed_is_told_of_and_not_put_under_the_eyes()
    {
        await WriteAsync("Before.");
        await state.InitializeAsync(null);
        await desk.EditAsync(state.Open!.Comment.Id, "After.");

        await state.RefreshFromNewsAsync();

        Assert.Equal("Before.", state.Open.DisplayText);
        Assert.StartsWith("The writer has changed this text.", state.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_steps_beyond_the_ends()
    {
        await WriteAsync("one");
        await state.InitializeAsync(null);

        await PressAsync("k");
        var first = state.Message;
        await PressAsync("j");

        Assert.Equal(("That was the first one.", "That was the last one on this page."), (first, state.Message));
        Assert.Equal("one", state.Open!.DisplayText);
    }

    [Fact]
    public async Task Spam_that_was_marked_together_comes_back_together()
    {
        await WriteAsync("one", "two", "three");
        await state.InitializeAsync(null);
        foreach (var row in state.Slice.Rows.Take(2))
            state.ToggleSelected(row.Version);

        await state.MarkSelectedAsSpamAsync([.. state.Selected]);
        var (left, said) = (state.Slice.Total, state.Message);
        await PressAsync("u");

        Assert.Equal((1, "2 of 2 marked as spam. Press u to undo them all.", 3), (left, said, state.Slice.Total));
    }

    [Fact]
    public async Task A_second_press_decides_nothing_about_the_comment_that_moved_up()
    {
        await WriteAsync("one", "two", "three");
        await state.InitializeAsync(null);
        var first = OnScreen;

        await PressAsync("a", first);
        await PressAsync("a", first);

        Assert.Equal((2, "two"), (state.Counts.Waiting, state.Open!.DisplayText));
        Assert.Equal($"Approved: the comment by Ada. Press u to undo. {NotTaken}", state.Message);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("s")]
    [InlineData("x")]
    [InlineData("r")]
    public async Task A_key_that_was_pressed_at_another_comment_has_no_effect_and_says_so(string key)
    {
        await WriteAsync("one", "two");
        await state.InitializeAsync(null);
        var first = OnScreen;
        await PressAsync("j");

        await PressAsync(key, first);

        Assert.Equal((2, "two", QueuePanel.None), (state.Counts.Waiting, state.Open!.DisplayText, state.Panel));
        Assert.EndsWith(NotTaken, state.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_pressed_at_another_version_has_no_effect()
    {
        await WriteAsync("Before.");
        await state.InitializeAsync(null);
        var before = OnScreen;
        await desk.EditAsync(state.Open!.Comment.Id, "Buy now.");
        await state.SelectAsync(state.Open.Comment.Id);

        await PressAsync("a", before);

        Assert.Equal(("Buy now.", 1), (state.Open.DisplayText, state.Counts.Waiting));
        Assert.Equal(NotTaken, state.Message);
    }

    [Fact]
    public async Task Of_two_undos_at_once_one_takes_back_what_the_screen_offered()
    {
        await WriteAsync("one", "two", "three");
        await state.InitializeAsync(null);
        await PressAsync("a");
        await PressAsync("a");
        var offered = OnScreen;

        await PressAsync("u", offered);
        await PressAsync("u", offered);

        Assert.Equal((2, "two"), (state.Counts.Waiting, state.Open!.DisplayText));
        Assert.Equal($"Undone: the comment by Ada stands as it did before. {NotTaken}", state.Message);
    }

    [Fact]
    public async Task A_button_decides_on_what_stood_above_it()
    {
        await WriteAsync("one", "two");
        await state.InitializeAsync(null);
        var drawn = state.Open!.Version;
        await PressAsync("j");

        await state.DecideAsync(drawn, Decision.Approve);
        await state.ReplyAsync(drawn, Guid.CreateVersion7(), "An answer.");
        await state.ShowAsync(drawn, QueuePanel.Refusal);
        await state.CutAsync(drawn, [0, 1]);

        Assert.Equal((2, QueuePanel.None, NotTaken), (state.Counts.Waiting, state.Panel, state.Message));
    }

    [Fact]
    public async Task Only_the_comments_that_the_button_named_are_marked_as_spam()
    {
        await WriteAsync("one", "two", "three");
        await state.InitializeAsync(null);
        state.ToggleSelected(state.Slice.Rows[0].Version);
        var named = state.Selected.ToList();
        state.ToggleSelected(state.Slice.Rows[1].Version);

        await state.MarkSelectedAsSpamAsync(named);
        Assert.Equal((3, NotTaken), (state.Counts.Waiting, state.Message));

        await state.MarkSelectedAsSpamAsync([.. state.Selected]);
        await state.MarkSelectedAsSpamAsync([]);
        Assert.Equal((1, "2 of 2 marked as spam. Press u to undo them all."), (state.Counts.Waiting, state.Message[..48]));
    }

    [Fact]
    public async Task A_comment_that_changed_since_it_was_chosen_is_no_longer_chosen()
    {
        await WriteAsync("one", "two");
        await state.InitializeAsync(null);
        state.ToggleSelected(state.Slice.Rows[1].Version);
        await desk.EditAsync(state.Slice.Rows[1].Id, "An honest question.");

        await state.RefreshFromNewsAsync();

        Assert.Empty(state.Selected);
    }

    [Fact]
    public async Task A_crisis_needs_the_button_that_names_it_and_the_key_again_is_not_enough()
    {
        await desk.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        await state.InitializeAsync(null);

        await PressAsync("a");
        await PressAsync("a");
        Assert.Equal((1, QueuePanel.Risk), (state.Counts.Waiting, state.Panel));
        Assert.Equal("it speaks of ending life", state.Risk!.Although);

        await state.ConfirmAsync(state.Open!.Version, state.Risk);
        Assert.Equal((0, "Approved: the comment by Ada. Press u to undo."), (state.Counts.Waiting, state.Message));
    }

    [Fact]
    public async Task Words_that_were_being_written_come_back_with_their_comment()
    {
        await WriteAsync("one", "two");
        var drafted = (await desk.Waiting.ListAsync(
            QueueFilter.Everything, cancellationToken: Xunit.TestContext.Current.CancellationToken)).Rows[1].Id;

        await state.InitializeAsync(null, new BrowserDraft(drafted, QueuePanel.Refusal, "It names a school.", null));

        Assert.Equal(("two", QueuePanel.Refusal, "What you were writing is back."), (state.Open!.DisplayText, state.Panel, state.Message));
        await state.DecideAsync(state.Open.Version, Decision.Reject(RefusalReason.Other, "It names a school."));
        Assert.Equal([(drafted, QueuePanel.Refusal)], state.TakeFinishedDrafts());
        Assert.Empty(state.TakeFinishedDrafts());
    }

    [Theory]
    [InlineData("a", QueuePanel.Redaction, "taking words out")]
    [InlineData("s", QueuePanel.Redaction, "“Approve without these words”")]
    [InlineData("e", QueuePanel.Redaction, "“Cancel” (Esc)")]
    [InlineData("a", QueuePanel.Refusal, "“Refuse it”")]
    [InlineData("s", QueuePanel.Refusal, "“Refuse it”")]
    [InlineData("a", QueuePanel.Risk, "publish it all the same")]
    [InlineData("s", QueuePanel.Risk, "publish it all the same")]
    public async Task While_a_form_is_open_a_key_decides_nothing_and_says_what_is_open(string key, QueuePanel open, string said)
    {
        await OpenFormAsync(open);

        await PressAsync(key);

        Assert.Equal((1, open), (state.Counts.Waiting, state.Panel));
        Assert.Contains(said, state.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(QueuePanel.Redaction)]
    [InlineData(QueuePanel.Refusal)]
    [InlineData(QueuePanel.Risk)]
    public async Task While_a_form_is_open_the_buttons_above_it_decide_nothing(QueuePanel open)
    {
        await OpenFormAsync(open);

        foreach (var decision in (Decision[])[Decision.Approve, Decision.Spam, Decision.Remove])
        {
            state.SetMessage("");
            await state.DecideAsync(state.Open!.Version, decision);
            Assert.Equal((1, open), (state.Counts.Waiting, state.Panel));
            Assert.StartsWith("Nothing is decided yet", state.Message, StringComparison.Ordinal);
        }

        await state.ShowAsync(state.Open!.Version, QueuePanel.Reply);
        Assert.Equal(open, state.Panel);
        await PressAsync("Escape");
        await PressAsync("s");
        Assert.Equal(0, state.Counts.Waiting);
    }

    [Fact]
    public async Task Words_that_are_marked_to_go_go_by_their_own_button_and_not_by_a_refusal()
    {
        await OpenFormAsync(QueuePanel.Redaction);

        await state.DecideAsync(state.Open!.Version, Decision.Reject(RefusalReason.Other, "No."));
        Assert.Equal(1, state.Counts.Waiting);
        var id = state.Open!.Comment.Id;
        await state.DecideAsync(state.Open.Version, Decision.ApproveRedacted([.. state.Redaction.Redactions]));

        Assert.Equal(0, state.Counts.Waiting);
        Assert.DoesNotContain("Smith", (await desk.ReadAsync(id)).ShownText!, StringComparison.Ordinal);
    }

    private async Task OpenFormAsync(QueuePanel which)
    {
        await desk.WriteAsync("I am Ada Smith from Bath.", level: which is QueuePanel.Risk ? FlagLevel.Crisis : FlagLevel.Ordinary);
        await state.InitializeAsync(null);
        await state.HandleKeyAsync(which switch { QueuePanel.Redaction => "r", QueuePanel.Refusal => "x", _ => "a" }, OnScreen, [5, 9]);
        Assert.Equal(which, state.Panel);
    }

    private ScreenState OnScreen => new(state.Open?.Comment.Id, state.Open?.Comment.Revision ?? 0, state.OfferedUndo);

    private Task PressAsync(string key, ScreenState? seen = null) => state.HandleKeyAsync(key, seen ?? OnScreen, null);

    private async Task<ModerationQueueState> SitDownAsync(string name)
    {
        var who = await desk.HireAsync(name, ModeratorRole.Editor);
        return new ModerationQueueState(
            desk.Waiting, desk.Decisions, new CurrentModerator(who.Id!.Value, name, $"{name}@armtwitch.test", who.Role));
    }

    private async Task WriteAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await desk.WriteAsync(text);
            desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
