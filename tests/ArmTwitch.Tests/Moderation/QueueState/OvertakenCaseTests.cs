using ArmTwitch.Comments;
using ArmTwitch.Moderation.CommentCase;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Tests.Moderation.QueueState;

/// <summary>What others do with the open comment is told, and exchanges no act under the finger.</summary>
public sealed class OvertakenCaseTests : QueueStateTestBase
{
    [Theory]
    [InlineData("a")]
    [InlineData("r")]
    [InlineData("x")]
    [InlineData("s")]
    [InlineData("p")]
    [InlineData("e")]
    public async Task What_a_colleague_decides_on_the_open_comment_is_told_at_once_and_a_press_for_what_stood_there_does_nothing(string key)
    {
        const string Told = "The comment by Ada waits no longer. Approved by Ben.";
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        var (open, drawn) = (Seen, OnScreen);
        await Site.Decisions.DecideAsync(open.Id, 1, Decision.Approve, Ben, Cancel);

        await State.ShowChangesAsync();
        Assert.Equal((Told, true, false), (State.Overtaken, State.Selection.Offered!.Comment.IsWaiting, State.Open!.Comment.IsWaiting));

        await PressAsync(key, drawn);
        Assert.Equal(($"Your press was not taken. {Told}", QueuePanel.None), (State.Message, State.Panel));
        await Actions.DecideAsync(open, Decision.Remove);
        await Actions.DecideAsync(open, Decision.Spam);
        await Actions.ShowAsync(open, QueuePanel.Refusal);
        await Actions.RedactAsync(open, [0, 1]);

        Assert.Equal(QueuePanel.None, State.Panel);
        Assert.Equal(CommentStatus.Approved, (await Site.ReadAsync(open.Id)).Status);
    }

    [Fact]
    public async Task The_moderator_asks_for_what_can_be_done_with_a_comment_that_a_colleague_has_decided_on()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null);
        var open = Seen;
        await Site.Decisions.DecideAsync(open.Id, 1, Decision.Approve, Ben, Cancel);
        await State.ShowChangesAsync();

        State.OfferAnew();
        Assert.Equal((null, true), (State.Overtaken, State.Selection.Offered!.Comment.IsShown));
        await Actions.DecideAsync(open, Decision.Remove);

        Assert.Equal(CommentStatus.Removed, (await Site.ReadAsync(open.Id)).Status);
    }

    [Fact]
    public async Task A_decision_that_a_colleague_takes_back_leaves_the_buttons_and_is_told()
    {
        var comment = await Site.WriteAsync("one");
        var done = await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);
        await State.InitializeAsync(null, filter: new(Status: CommentStatus.Approved));
        await Site.Undo.UndoAsync(done.DecisionId!.Value, Ben, Site.Clock.GetUtcNow(), Cancel);

        await State.ShowChangesAsync();
        Assert.Equal(("The comment by Ada waits again.", true), (State.Overtaken, State.Selection.Offered!.Comment.IsShown));
        await PressAsync("a");

        Assert.Equal("Your press was not taken. The comment by Ada waits again.", State.Message);
        Assert.True((await Site.ReadAsync(comment.Id)).IsWaiting);
    }

    [Fact]
    public async Task A_press_that_comes_before_the_news_leaves_the_buttons_as_they_were_pressed()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null);
        await Site.Decisions.DecideAsync(Seen.Id, 1, Decision.Approve, Ben, Cancel);

        await PressAsync("a");

        Assert.Equal(("Ben was faster. Nothing was changed.", true), (State.Message, State.Selection.Offered!.Comment.IsWaiting));
        Assert.NotNull(State.Overtaken);
    }

    [Fact]
    public async Task A_comment_that_is_gone_leaves_nothing_to_press_and_is_told()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        await Site.RemoveAsync(Seen.Id);

        await State.ShowChangesAsync();

        Assert.Equal((null, true, "The comment by Ada is no longer there."), (State.Open, State.IsLinkDead, State.Message));
    }

    [Fact]
    public async Task A_form_that_is_left_after_a_colleague_has_decided_brings_no_other_buttons()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        await PressAsync("x");
        await Site.Decisions.DecideAsync(Seen.Id, 1, Decision.Approve, Ben, Cancel);
        await State.ShowChangesAsync();

        await PressAsync("Escape");
        Assert.True(State.IsStale);
        await State.ShowChangesAsync();

        Assert.Equal("The comment by Ada waits no longer. Approved by Ben.", State.Overtaken);
        Assert.True(State.Selection.Offered!.Comment.IsWaiting);
    }
}
