using ArmTwitch.Data;
using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Tests.Moderation.QueueState;

/// <summary>A key holds for the comment that was on the screen when it was pressed, and for no other.</summary>
public sealed class StaleKeyTests : QueueStateTestBase
{
    [Fact]
    public async Task A_key_that_is_pressed_before_the_next_comment_shows_decides_on_neither()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);

        var first = OnScreen;
        Task step, decision;
        using (await Site.Get<SqliteWriteLock>().AcquireAsync(Cancel))
        {
            step = PressAsync("j", first);
            decision = PressAsync("a", first);
        }

        await Task.WhenAll(step, decision);
        Assert.Equal((2, "two"), (State.Counts.Waiting, State.Open!.DisplayText));
        Assert.EndsWith(NotTaken, State.Message, StringComparison.Ordinal);
        await PressAsync("a");
        Assert.Equal(1, State.Counts.Waiting);
    }

    [Fact]
    public async Task A_second_press_does_not_decide_on_the_comment_that_moved_up()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        var first = OnScreen;

        await PressAsync("a", first);
        await PressAsync("a", first);

        Assert.Equal((2, "two"), (State.Counts.Waiting, State.Open!.DisplayText));
        Assert.Equal($"Approved: the comment by Ada. {NotTaken}", State.Message);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("s")]
    [InlineData("x")]
    [InlineData("r")]
    public async Task A_key_that_was_pressed_at_another_comment_has_no_effect_and_says_so(string key)
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        var first = OnScreen;
        await PressAsync("j");

        await PressAsync(key, first);

        Assert.Equal((2, "two", QueuePanel.None), (State.Counts.Waiting, State.Open!.DisplayText, State.Panel));
        Assert.EndsWith(NotTaken, State.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_pressed_at_another_version_has_no_effect()
    {
        await WriteAsync("Before.");
        await State.InitializeAsync(null);
        var before = OnScreen;
        await Site.EditAsync(State.Open!.Comment.Id, "Buy now.");
        await State.SelectAsync(State.Open.Comment.Id);

        await PressAsync("a", before);

        Assert.Equal(("Buy now.", 1), (State.Open.DisplayText, State.Counts.Waiting));
        Assert.Equal(NotTaken, State.Message);
    }

    [Fact]
    public async Task Of_two_undos_at_once_one_takes_back_what_the_screen_offered()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        await PressAsync("a");
        await PressAsync("a");
        var offered = OnScreen;

        await PressAsync("u", offered);
        await PressAsync("u", offered);

        Assert.Equal((2, "two"), (State.Counts.Waiting, State.Open!.DisplayText));
        Assert.Equal($"Undone: the comment by Ada stands as it did before. {NotTaken}", State.Message);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("s")]
    [InlineData("x")]
    [InlineData("r")]
    [InlineData("p")]
    public async Task A_key_decides_nothing_on_a_comment_that_is_not_on_the_screen_and_shows_it(string key)
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        Assert.False(State.ShowsCase);

        await PressAsync(key, OnScreen with { IsCaseHidden = true });

        Assert.Equal(
            (2, QueuePanel.None, true, ModerationQueueState.CommentHeading),
            (State.Counts.Waiting, State.Panel, State.ShowsCase, State.TakeFocusTarget()));
        Assert.StartsWith("Nothing is decided yet: the comment was not on the screen.", State.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_decides_nothing_while_the_focus_is_on_another_row()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);

        await PressAsync("a", OnScreen with { Row = State.Slice.Rows[1].Id });
        Assert.Equal(2, State.Counts.Waiting);
        Assert.StartsWith("Nothing is decided: the comment by Ada is open", State.Message, StringComparison.Ordinal);

        await PressAsync("a", OnScreen with { Row = State.Slice.Rows[0].Id });
        Assert.Equal(1, State.Counts.Waiting);
    }
}
