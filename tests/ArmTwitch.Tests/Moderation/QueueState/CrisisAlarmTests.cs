using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Tests.Moderation.QueueState;

/// <summary>What the queue says of comments that may be a crisis and come while it is open.</summary>
public sealed class CrisisAlarmTests : QueueStateTestBase
{
    private Guid? OpenId => State.Open?.Comment.Id;

    [Fact]
    public async Task A_crisis_that_arrives_is_told_until_it_is_opened()
    {
        await WriteAsync("Mine stopped.");
        await State.InitializeAsync(null);
        await WriteCrisisAsync("Grace");
        await State.ShowChangesAsync();
        Assert.Equal("A comment by Grace that may be a crisis has arrived.", State.Alarm.Words);
        Assert.Equal("Mine stopped.", State.Open!.DisplayText);

        await Navigation.ShowCrisesAsync();

        Assert.Equal((null, "I want to end my life."), (State.Alarm.Words, State.Open.DisplayText));
    }

    [Theory]
    [InlineData("c")]
    [InlineData("button")]
    public async Task The_one_that_has_just_arrived_is_named_and_opened(string way)
    {
        await WriteCrisisAsync("Bob");
        Site.Clock.Advance(TimeSpan.FromHours(1));
        await State.InitializeAsync(null);
        var newcomer = await WriteCrisisAsync("Grace");
        await State.ShowChangesAsync();
        Assert.Equal("A comment by Grace that may be a crisis has arrived. 2 wait now.", State.Alarm.Words);

        await (way is "c" ? PressAsync("c") : Navigation.ShowCrisesAsync());

        Assert.Equal((newcomer, null, ModerationQueueState.CommentHeading), (OpenId, State.Alarm.Words, State.TakeFocusTarget()));
        Assert.Equal([false, true], State.Slice.Rows.Select(row => row.Id == newcomer));
    }

    [Fact]
    public async Task A_comment_that_an_edit_makes_a_crisis_is_named_and_opened_although_another_has_waited_for_a_shorter_time()
    {
        var edited = await Site.WriteAsync("Mine stopped.", author: "Grace");
        Site.Clock.Advance(TimeSpan.FromHours(1));
        await WriteCrisisAsync("Bob");
        await State.InitializeAsync(null);
        await Site.EditAsync(edited.Id, "I wish I wasn't here anymore.", FlagLevel.Crisis);
        await State.ShowChangesAsync();
        Assert.Equal("A comment by Grace that may be a crisis has arrived. 2 wait now.", State.Alarm.Words);

        await PressAsync("c");

        Assert.Equal((edited.Id, null), (OpenId, State.Alarm.Words));
    }

    [Fact]
    public async Task A_crisis_that_a_colleague_brings_back_is_named_and_the_moderators_own_undo_tells_nothing()
    {
        var (theirs, mine) = (await WriteCrisisAsync("Bob"), await WriteCrisisAsync("Grace"));
        var left = await WriteCrisisAsync("Ken");
        var spam = Decision.Spam.WithAcknowledgedRisk(DecisionRiskKinds.Crisis);
        var undo = (await Site.Decisions.DecideAsync(theirs, 1, spam, Ben, Cancel)).DecisionId!.Value;
        await Site.Decisions.DecideAsync(mine, 1, spam, Ada, Cancel);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await State.InitializeAsync(null, filter: new QueueFilter(QueueTab.Appeals));

        await PressAsync("u");
        Assert.Equal((2, null), (State.Counts.Crisis, State.Alarm.Words));
        await Site.Undo.UndoAsync(undo, Ben, Site.Clock.GetUtcNow(), Cancel);
        await State.ShowChangesAsync();
        Assert.Equal("A comment by Bob that may be a crisis has arrived. 3 wait now.", State.Alarm.Words);
        await PressAsync("c");

        Assert.Equal((theirs, null), (OpenId, State.Alarm.Words));
        Assert.NotEqual(left, OpenId);
    }

    [Fact]
    public async Task It_is_still_told_after_a_colleague_has_decided_on_another_crisis()
    {
        var known = await WriteCrisisAsync("Bob");
        await WriteCrisisAsync("Ken");
        await State.InitializeAsync(null);
        var newcomer = await WriteCrisisAsync("Grace");
        await State.ShowChangesAsync();
        await DecideAsync(known);

        Assert.Equal("A comment by Grace that may be a crisis has arrived. 2 wait now.", State.Alarm.Words);
        await PressAsync("c");

        Assert.Equal((newcomer, null), (OpenId, State.Alarm.Words));
    }

    [Fact]
    public async Task One_that_takes_the_place_of_another_is_told_although_as_many_wait_as_before()
    {
        var known = await WriteCrisisAsync("Bob");
        await WriteCrisisAsync("Ken");
        await State.InitializeAsync(null);
        await WriteCrisisAsync("Grace");
        await DecideAsync(known);

        Assert.Equal("A comment by Grace that may be a crisis has arrived. 2 wait now.", State.Alarm.Words);
    }

    [Fact]
    public async Task Several_are_counted_and_opened_one_after_the_other()
    {
        await WriteCrisisAsync("Bob");
        await State.InitializeAsync(null);
        Guid[] came = [await WriteCrisisAsync("Grace"), await WriteCrisisAsync("Ken"), await WriteCrisisAsync("Eve")];
        await State.ShowChangesAsync();
        Assert.Equal("3 comments that may be a crisis have arrived. 4 wait now.", State.Alarm.Words);

        await PressAsync("c");
        Assert.Equal((came[0], "2 comments that may be a crisis have arrived. 4 wait now."), (OpenId, State.Alarm.Words));
        await DecideAsync(came[1]);
        Assert.Equal("A comment by Eve that may be a crisis has arrived. 3 wait now.", State.Alarm.Words);
        await PressAsync("c");

        Assert.Equal((came[2], null), (OpenId, State.Alarm.Words));
    }

    [Fact]
    public async Task One_that_arrives_while_the_moderator_decides_is_told_too()
    {
        await WriteAsync("One.", "Two.");
        await State.InitializeAsync(null);
        await Navigation.ApplyFilterAsync(new QueueFilter(QueueTab.Rest));
        await WriteCrisisAsync("Grace");

        await PressAsync("a");

        Assert.Equal("A comment by Grace that may be a crisis has arrived.", State.Alarm.Words);
    }

    [Fact]
    public async Task One_that_opens_by_itself_is_told_until_somebody_has_opened_it()
    {
        await State.InitializeAsync(null);
        var newcomer = await WriteCrisisAsync("Grace");
        await Navigation.ApplyFilterAsync(QueueFilter.Everything);
        Assert.Equal((newcomer, false), (OpenId, State.ShowsCase));
        Assert.NotNull(State.Alarm.Words);

        // On a phone the list alone is in view: the key shows the comment, and decides nothing.
        await PressAsync("a", OnScreen with { IsCaseHidden = true });

        Assert.Equal((true, null), (State.ShowsCase, State.Alarm.Words));
    }

    [Fact]
    public async Task Put_off_it_is_told_again_only_with_the_next_one()
    {
        await State.InitializeAsync(null);
        await WriteCrisisAsync("Grace");
        await State.ShowChangesAsync();
        State.DropAlarm();
        await State.ShowChangesAsync();
        Assert.Null(State.Alarm.Words);

        await WriteCrisisAsync("Ken");
        await State.ShowChangesAsync();

        Assert.Equal("A comment by Ken that may be a crisis has arrived. 2 wait now.", State.Alarm.Words);
    }

    private async Task<Guid> WriteCrisisAsync(string author)
    {
        var written = await Site.WriteAsync("I want to end my life.", level: FlagLevel.Crisis, author: author);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        return written.Id;
    }

    private async Task DecideAsync(Guid crisis)
    {
        await Site.Decisions.DecideAsync(crisis, 1, Decision.Spam.WithAcknowledgedRisk(DecisionRiskKinds.Crisis), Ben, Cancel);
        await State.ShowChangesAsync();
    }
}
