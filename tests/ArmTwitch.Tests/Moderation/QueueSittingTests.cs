using ArmTwitch.Data;
using ArmTwitch.Moderation;
using ArmTwitch.Moderators;

namespace ArmTwitch.Tests.Moderation;

/// <summary>What the screen of the queue keeps in mind, without the screen.</summary>
public sealed class QueueSittingTests : IAsyncLifetime
{
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

        await sitting.HearAsync("j", null);
        await sitting.HearAsync("a", null);

        Assert.Equal("three", sitting.Open!.Words);
        Assert.Equal("Approved: the comment by Ada. Press u to undo.", sitting.Said);
        Assert.Equal((QueueSitting.TheCase, null), (sitting.TakeFocus(), sitting.TakeFocus()));
    }

    [Fact]
    public async Task A_key_that_is_pressed_before_the_next_comment_shows_decides_on_neither()
    {
        await WriteAsync("one", "two");
        await sitting.BeginAsync(null);

        Task step, decision;
        using (await desk.Site.Get<WriteGate>().EnterAsync(Xunit.TestContext.Current.CancellationToken))
        {
            step = sitting.HearAsync("j", null);
            decision = sitting.HearAsync("a", null);
            Assert.Equal("one", sitting.Open!.Words);
        }

        await Task.WhenAll(step, decision);
        Assert.Equal((2, "two"), (sitting.Counts.Waiting, sitting.Open!.Words));
        await sitting.HearAsync("a", null);
        Assert.Equal(1, sitting.Counts.Waiting);
    }

    [Fact]
    public async Task Keys_that_are_switched_off_leave_help_and_escape()
    {
        await WriteAsync("one");
        await sitting.BeginAsync(null);
        sitting.KeysWork = false;

        await sitting.HearAsync("a", null);
        await sitting.HearAsync("?", null);
        var shown = sitting.ShowsHelp;
        await sitting.HearAsync("Escape", null);

        Assert.Equal((1, true, false), (sitting.Counts.Waiting, shown, sitting.ShowsHelp));
    }

    [Fact]
    public async Task A_new_cut_takes_the_place_of_those_it_touches()
    {
        await WriteAsync("I am Ada Smith from Bath.");
        await sitting.BeginAsync(null);

        sitting.Cut([5, 3]);
        sitting.Cut([9, 5]);
        Assert.Equal((2, "2 places to take out."), (sitting.Cuts.Count, sitting.Said));

        sitting.Cut([5, 9]);
        Assert.Equal((5, 14), (Assert.Single(sitting.Cuts).Start, sitting.Cuts[0].End));
        sitting.Cut([20, 500]);
        Assert.Single(sitting.Cuts);

        sitting.Close();
        Assert.Equal((QueuePanel.None, 0), (sitting.Panel, sitting.Cuts.Count));
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

        await sitting.HearAsync("k", null);
        var first = sitting.Said;
        await sitting.HearAsync("j", null);

        Assert.Equal(("That was the first one.", "That was the last one on this page."), (first, sitting.Said));
        Assert.Equal("one", sitting.Open!.Words);
    }

    [Fact]
    public async Task Spam_that_was_marked_together_comes_back_together()
    {
        await WriteAsync("one", "two", "three");
        await sitting.BeginAsync(null);
        foreach (var row in sitting.Slice.Rows.Take(2))
            sitting.Choose(row.Id);

        await sitting.SpamChosenAsync();
        var (left, said) = (sitting.Slice.Total, sitting.Said);
        await sitting.HearAsync("u", null);

        Assert.Equal((1, "2 of 2 marked as spam. Press u to undo them all.", 3), (left, said, sitting.Slice.Total));
    }

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
