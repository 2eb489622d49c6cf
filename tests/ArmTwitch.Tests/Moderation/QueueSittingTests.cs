using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation;
using ArmTwitch.Moderators;

namespace ArmTwitch.Tests.Moderation;

/// <summary>What the screen of the queue keeps in mind, without the screen.</summary>
public sealed class QueueSittingTests : IAsyncLifetime
{
    private const string NotTaken = "Your last press was not taken: the screen had only just changed.";

    private readonly Desk desk = new();
    private QueueSitting sitting = null!;

    public async ValueTask InitializeAsync() => sitting = await SitDownAsync("Ada");

    public async ValueTask DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task After_a_decision_the_next_in_its_place_is_open_and_has_the_focus()
    {
        await WriteAsync("one", "two", "three");
        await sitting.BeginAsync(null);
        Assert.Null(sitting.TakeFocus());

        await PressAsync("j");
        await PressAsync("a");

        Assert.Equal("three", sitting.Open!.Words);
        Assert.Equal("Approved: the comment by Ada. Press u to undo.", sitting.Said);
        Assert.Equal((QueueSitting.TheCase, null), (sitting.TakeFocus(), sitting.TakeFocus()));
    }

    [Fact]
    public async Task A_key_that_is_pressed_before_the_next_comment_shows_decides_on_neither()
    {
        await WriteAsync("one", "two");
        await sitting.BeginAsync(null);

        var first = OnScreen;
        Task step, decision;
        using (await desk.Site.Get<WriteGate>().EnterAsync(Xunit.TestContext.Current.CancellationToken))
        {
            step = PressAsync("j", first);
            decision = PressAsync("a", first);
        }

        await Task.WhenAll(step, decision);
        Assert.Equal((2, "two"), (sitting.Counts.Waiting, sitting.Open!.Words));
        Assert.EndsWith(NotTaken, sitting.Said, StringComparison.Ordinal);
        await PressAsync("a");
        Assert.Equal(1, sitting.Counts.Waiting);
    }

    [Fact]
    public async Task Keys_that_are_switched_off_leave_help_and_escape()
    {
        await WriteAsync("one");
        await sitting.BeginAsync(null);
        sitting.KeysWork = false;

        await PressAsync("a");
        await PressAsync("?");
        var shown = sitting.ShowsHelp;
        await PressAsync("Escape");

        Assert.Equal((1, true, false), (sitting.Counts.Waiting, shown, sitting.ShowsHelp));
    }

    [Fact]
    public async Task A_new_cut_takes_the_place_of_those_it_touches()
    {
        await WriteAsync("I am Ada Smith from Bath.");
        await sitting.BeginAsync(null);

        await sitting.CutAsync(sitting.Open!.Seen, [5, 3]);
        await sitting.CutAsync(sitting.Open!.Seen, [9, 5]);
        Assert.Equal((2, "2 places to take out."), (sitting.Redaction.Cuts.Count, sitting.Said));

        await sitting.CutAsync(sitting.Open!.Seen, [5, 9]);
        Assert.Equal((5, 14), (Assert.Single(sitting.Redaction.Cuts).Start, sitting.Redaction.Cuts[0].End));
        await sitting.CutAsync(sitting.Open!.Seen, [20, 500]);
        Assert.Single(sitting.Redaction.Cuts);

        sitting.GiveUp();
        Assert.Equal((QueuePanel.None, 0), (sitting.Panel, sitting.Redaction.Cuts.Count));
    }

    [Fact]
    public async Task A_text_that_the_writer_has_changed_is_told_of_and_not_put_under_the_eyes()
    {
        await WriteAsync("Before.");
        await sitting.BeginAsync(null);
        await desk.EditAsync(sitting.Open!.Comment.Id, "After.");

        await sitting.FollowAsync();

        Assert.Equal("Before.", sitting.Open.Words);
        Assert.StartsWith("The writer has changed this text.", sitting.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_steps_beyond_the_ends()
    {
        await WriteAsync("one");
        await sitting.BeginAsync(null);

        await PressAsync("k");
        var first = sitting.Said;
        await PressAsync("j");

        Assert.Equal(("That was the first one.", "That was the last one on this page."), (first, sitting.Said));
        Assert.Equal("one", sitting.Open!.Words);
    }

    [Fact]
    public async Task Spam_that_was_marked_together_comes_back_together()
    {
        await WriteAsync("one", "two", "three");
        await sitting.BeginAsync(null);
        foreach (var row in sitting.Slice.Rows.Take(2))
            sitting.Choose(row.Seen);

        await sitting.SpamChosenAsync([.. sitting.Chosen]);
        var (left, said) = (sitting.Slice.Total, sitting.Said);
        await PressAsync("u");

        Assert.Equal((1, "2 of 2 marked as spam. Press u to undo them all.", 3), (left, said, sitting.Slice.Total));
    }

    [Fact]
    public async Task A_second_press_decides_nothing_about_the_comment_that_moved_up()
    {
        await WriteAsync("one", "two", "three");
        await sitting.BeginAsync(null);
        var first = OnScreen;

        await PressAsync("a", first);
        await PressAsync("a", first);

        Assert.Equal((2, "two"), (sitting.Counts.Waiting, sitting.Open!.Words));
        Assert.Equal($"Approved: the comment by Ada. Press u to undo. {NotTaken}", sitting.Said);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("s")]
    [InlineData("x")]
    [InlineData("r")]
    public async Task A_key_that_was_pressed_at_another_comment_has_no_effect_and_says_so(string key)
    {
        await WriteAsync("one", "two");
        await sitting.BeginAsync(null);
        var first = OnScreen;
        await PressAsync("j");

        await PressAsync(key, first);

        Assert.Equal((2, "two", QueuePanel.None), (sitting.Counts.Waiting, sitting.Open!.Words, sitting.Panel));
        Assert.EndsWith(NotTaken, sitting.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_pressed_at_another_version_has_no_effect()
    {
        await WriteAsync("Before.");
        await sitting.BeginAsync(null);
        var before = OnScreen;
        await desk.EditAsync(sitting.Open!.Comment.Id, "Buy now.");
        await sitting.SelectAsync(sitting.Open.Comment.Id);

        await PressAsync("a", before);

        Assert.Equal(("Buy now.", 1), (sitting.Open.Words, sitting.Counts.Waiting));
        Assert.Equal(NotTaken, sitting.Said);
    }

    [Fact]
    public async Task Of_two_undos_at_once_one_takes_back_what_the_screen_offered()
    {
        await WriteAsync("one", "two", "three");
        await sitting.BeginAsync(null);
        await PressAsync("a");
        await PressAsync("a");
        var offered = OnScreen;

        await PressAsync("u", offered);
        await PressAsync("u", offered);

        Assert.Equal((2, "two"), (sitting.Counts.Waiting, sitting.Open!.Words));
        Assert.Equal($"Undone: the comment by Ada stands as it did before. {NotTaken}", sitting.Said);
    }

    [Fact]
    public async Task A_button_decides_on_what_stood_above_it()
    {
        await WriteAsync("one", "two");
        await sitting.BeginAsync(null);
        var drawn = sitting.Open!.Seen;
        await PressAsync("j");

        await sitting.DecideAsync(drawn, Decision.Approve);
        await sitting.ReplyAsync(drawn, Guid.CreateVersion7(), "An answer.");
        await sitting.ShowAsync(drawn, QueuePanel.Refusal);
        await sitting.CutAsync(drawn, [0, 1]);

        Assert.Equal((2, QueuePanel.None, NotTaken), (sitting.Counts.Waiting, sitting.Panel, sitting.Said));
    }

    [Fact]
    public async Task Only_the_comments_that_the_button_named_are_marked_as_spam()
    {
        await WriteAsync("one", "two", "three");
        await sitting.BeginAsync(null);
        sitting.Choose(sitting.Slice.Rows[0].Seen);
        var named = sitting.Chosen.ToList();
        sitting.Choose(sitting.Slice.Rows[1].Seen);

        await sitting.SpamChosenAsync(named);
        Assert.Equal((3, NotTaken), (sitting.Counts.Waiting, sitting.Said));

        await sitting.SpamChosenAsync([.. sitting.Chosen]);
        await sitting.SpamChosenAsync([]);
        Assert.Equal((1, "2 of 2 marked as spam. Press u to undo them all."), (sitting.Counts.Waiting, sitting.Said[..48]));
    }

    [Fact]
    public async Task A_comment_that_changed_since_it_was_chosen_is_no_longer_chosen()
    {
        await WriteAsync("one", "two");
        await sitting.BeginAsync(null);
        sitting.Choose(sitting.Slice.Rows[1].Seen);
        await desk.EditAsync(sitting.Slice.Rows[1].Id, "An honest question.");

        await sitting.FollowAsync();

        Assert.Empty(sitting.Chosen);
    }

    [Fact]
    public async Task A_crisis_needs_the_button_that_names_it_and_the_key_again_is_not_enough()
    {
        await desk.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        await sitting.BeginAsync(null);

        await PressAsync("a");
        await PressAsync("a");
        Assert.Equal((1, QueuePanel.Risk), (sitting.Counts.Waiting, sitting.Panel));
        Assert.Equal("it speaks of ending life", sitting.Risk!.Although);

        await sitting.ConfirmAsync(sitting.Open!.Seen, sitting.Risk);
        Assert.Equal((0, "Approved: the comment by Ada. Press u to undo."), (sitting.Counts.Waiting, sitting.Said));
    }

    [Fact]
    public async Task Words_that_were_being_written_come_back_with_their_comment()
    {
        await WriteAsync("one", "two");
        var drafted = (await desk.Waiting.ListAsync(QueueFilter.Everything, cancellationToken: Xunit.TestContext.Current.CancellationToken)).Rows[1].Id;

        await sitting.BeginAsync(null, new KeptDraft(drafted, QueuePanel.Refusal, "It names a school.", null));

        Assert.Equal(("two", QueuePanel.Refusal, "What you were writing is back."), (sitting.Open!.Words, sitting.Panel, sitting.Said));
        await sitting.DecideAsync(sitting.Open.Seen, Decision.Reject(RefusalReason.Other, "It names a school."));
        Assert.Equal([(drafted, QueuePanel.Refusal)], sitting.TakeSettled());
        Assert.Empty(sitting.TakeSettled());
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

        Assert.Equal((1, open), (sitting.Counts.Waiting, sitting.Panel));
        Assert.Contains(said, sitting.Said, StringComparison.Ordinal);
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
            sitting.Say("");
            await sitting.DecideAsync(sitting.Open!.Seen, decision);
            Assert.Equal((1, open), (sitting.Counts.Waiting, sitting.Panel));
            Assert.StartsWith("Nothing is decided yet", sitting.Said, StringComparison.Ordinal);
        }

        await sitting.ShowAsync(sitting.Open!.Seen, QueuePanel.Reply);
        Assert.Equal(open, sitting.Panel);
        await PressAsync("Escape");
        await PressAsync("s");
        Assert.Equal(0, sitting.Counts.Waiting);
    }

    [Fact]
    public async Task Words_that_are_marked_to_go_go_by_their_own_button_and_not_by_a_refusal()
    {
        await OpenFormAsync(QueuePanel.Redaction);

        await sitting.DecideAsync(sitting.Open!.Seen, Decision.Reject(RefusalReason.Other, "No."));
        Assert.Equal(1, sitting.Counts.Waiting);
        var id = sitting.Open!.Comment.Id;
        await sitting.DecideAsync(sitting.Open.Seen, Decision.ApproveRedacted([.. sitting.Redaction.Cuts]));

        Assert.Equal(0, sitting.Counts.Waiting);
        Assert.DoesNotContain("Smith", (await desk.ReadAsync(id)).ShownText!, StringComparison.Ordinal);
    }

    private async Task OpenFormAsync(QueuePanel which)
    {
        await desk.WriteAsync("I am Ada Smith from Bath.", level: which is QueuePanel.Risk ? FlagLevel.Crisis : FlagLevel.Ordinary);
        await sitting.BeginAsync(null);
        await sitting.HearAsync(which switch { QueuePanel.Redaction => "r", QueuePanel.Refusal => "x", _ => "a" }, OnScreen, [5, 9]);
        Assert.Equal(which, sitting.Panel);
    }

    private SeenScreen OnScreen => new(sitting.Open?.Comment.Id, sitting.Open?.Comment.Revision ?? 0, sitting.OfferedUndo);

    private Task PressAsync(string key, SeenScreen? seen = null) => sitting.HearAsync(key, seen ?? OnScreen, null);

    private async Task<QueueSitting> SitDownAsync(string name)
    {
        var who = await desk.HireAsync(name, ModeratorRole.Editor);
        return new QueueSitting(desk.Waiting, desk.Decisions, new SignedIn(who.Id!.Value, name, $"{name}@armtwitch.test", who.Role));
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
