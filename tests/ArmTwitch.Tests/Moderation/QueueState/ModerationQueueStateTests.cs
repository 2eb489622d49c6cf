using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Tests.Moderation.QueueState;

public sealed class ModerationQueueStateTests : QueueStateTestBase
{
    [Fact]
    public async Task A_changed_text_is_told_of_and_does_not_replace_the_one_on_the_screen()
    {
        await WriteAsync("Before.");
        await State.InitializeAsync(null);
        await Site.EditAsync(State.Open!.Comment.Id, "After.");

        await State.ShowChangesAsync();

        Assert.Equal("Before.", State.Open.DisplayText);
        Assert.StartsWith("The author has changed this text.", State.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_that_changed_since_it_was_ticked_is_no_longer_ticked()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        Ticks.Toggle(State.Slice.Rows[1].Version);
        await Site.EditAsync(State.Slice.Rows[1].Id, "An honest question.");

        await State.ShowChangesAsync();

        Assert.Empty(State.Ticked);
    }

    [Fact]
    public async Task What_all_tabs_have_is_counted_when_a_search_begins_and_after_an_act_and_not_at_every_change()
    {
        await WriteAsync("About coffee.");
        await State.InitializeAsync(null, filter: new QueueFilter(QueueTab.RedFlags, Words: "about"));
        await WriteAsync("About tea.");

        await State.ShowChangesAsync();
        Assert.Equal(1, State.Selection.View.InAllTabs);
        await Site.WriteAsync("About milk.", level: FlagLevel.RedFlag);
        await State.ShowChangesAsync();
        await State.SelectAsync(State.Slice.Rows[0].Id);
        await PressAsync("a");
        Assert.Equal(2, State.Selection.View.InAllTabs);

        await Navigation.ApplyFilterAsync(new QueueFilter(QueueTab.Advertising, Words: "about"));
        Assert.Equal(2, State.Selection.View.InAllTabs);
        await Navigation.ApplyFilterAsync(QueueFilter.Everything);
        Assert.Null(State.Selection.View.InAllTabs);
    }

    [Fact]
    public async Task A_row_that_is_clicked_during_an_action_opens_without_the_result_of_it()
    {
        await Site.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        var other = await Site.WriteAsync("It stopped.");
        await State.InitializeAsync(null);

        await DuringAsync(() => Actions.DecideAsync(Seen, Decision.Approve), () => State.SelectAsync(other.Id));

        Assert.Equal(("It stopped.", QueuePanel.None, null), (State.Open!.DisplayText, State.Panel, State.Forms.Risk));
        Assert.StartsWith("Not published yet", State.Message, StringComparison.Ordinal);
        Assert.Equal(2, State.Counts.Waiting);
    }

    [Fact]
    public async Task An_original_shows_below_its_own_comment_only()
    {
        var open = await Site.WriteAsync("I am Ada Smith.");
        await Site.Decisions.DecideAsync(open.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), Ben, Cancel);
        var other = await Site.WriteAsync("It stopped.");
        await State.InitializeAsync(open.Id);
        var drawn = Seen;

        await Actions.ReadOriginalAsync(drawn);
        Assert.Equal("I am Ada Smith.", State.Original);
        await State.SelectAsync(open.Id);
        await DuringAsync(() => Actions.ReadOriginalAsync(drawn), () => State.SelectAsync(other.Id));
        Assert.Equal(("It stopped.", null), (State.Open!.DisplayText, State.Original));

        await Actions.ReadOriginalAsync(drawn);
        Assert.Null(State.Original);
        Assert.EndsWith("Your last press was not taken: the screen had only just changed.", State.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_chosen_during_an_action_is_kept()
    {
        await Site.WriteAsync("It stopped.");
        await Site.WriteAsync("Mine, too.");
        await State.InitializeAsync(null);

        await DuringAsync(() => Actions.DecideAsync(Seen, Decision.Approve), () => Navigation.ApplyFilterAsync(new QueueFilter(Words: "nothing")));

        Assert.Equal(("nothing", 0, 1), (State.Filter.Words, State.Slice.Total, State.Counts.Waiting));
    }

    [Fact]
    public async Task Changes_during_an_action_are_read_once_it_has_ended()
    {
        await Site.WriteAsync("It stopped.");
        await State.InitializeAsync(null);

        await DuringAsync(() => Actions.DecideAsync(Seen, Decision.Approve), State.ShowChangesAsync);

        Assert.Equal((false, 0), (State.IsStale, State.Counts.Waiting));
    }

    [Fact]
    public async Task What_was_read_while_an_action_began_is_read_again()
    {
        await Site.WriteAsync("It stopped.");
        await State.InitializeAsync(null);

        // The action may begin too late.
        for (var tries = 0; !State.IsStale && tries < 50; tries++)
            await Task.WhenAll(State.ShowChangesAsync(), State.Gate.TryAsync(() => Task.CompletedTask));

        Assert.True(State.IsStale);
        await State.ShowChangesAsync();
        Assert.False(State.IsStale);
    }

    [Theory]
    [InlineData(QueuePanel.Refusal, "Ben decided on the comment by Ada meanwhile.")]
    [InlineData(QueuePanel.Reply, "The comment by Ada is no longer on the page.")]
    [InlineData(QueuePanel.Note, "Ben decided on the comment by Ada meanwhile. Your note can be kept all the same.")]
    public async Task An_open_form_says_at_once_that_it_comes_too_late(QueuePanel form, string told)
    {
        var isReply = form is QueuePanel.Reply;
        var comment = await Site.WriteAsync(
            "It stopped.", status: isReply ? CommentStatus.Approved : CommentStatus.Pending, shownText: isReply ? "It stopped." : null);
        await State.InitializeAsync(comment.Id);
        await Actions.ShowAsync(Seen, form);
        await State.ShowChangesAsync();
        Assert.Null(State.Forms.Overtaken);

        await Site.Decisions.DecideAsync(comment.Id, 1, isReply ? Decision.Remove : Decision.Approve, Ben, Cancel);
        await State.ShowChangesAsync();

        Assert.Equal((told, form), (State.Forms.Overtaken, State.Panel));
        State.Close();
        Assert.Null(State.Forms.Overtaken);
    }

    [Theory]
    [InlineData("j")]
    [InlineData("u")]
    [InlineData("Escape")]
    [InlineData("click")]
    public async Task Marks_are_kept_when_the_moderator_leaves_a_redaction(string away)
    {
        await Site.Decisions.DecideAsync((await Site.WriteAsync("Decided.")).Id, 1, Decision.Spam, Ada, Cancel);
        var comment = await Site.WriteAsync("I am Ada Smith from Bath.");
        var next = await Site.WriteAsync("Mine, too.");
        await State.InitializeAsync(null);
        await Actions.RedactAsync(Seen, [5, 9]);

        await (away is "click" ? State.SelectAsync(next.Id) : PressAsync(away));
        if (away is not "Escape")
            Assert.EndsWith(
                "What you marked in the comment by Ada is kept until you take words out of it again.", State.Message, StringComparison.Ordinal);
        await State.SelectAsync(comment.Id);
        Assert.Equal(QueuePanel.None, State.Panel);
        await PressAsync("r");

        Assert.Equal(
            (QueuePanel.Redaction, new Redaction(5, 9, RemovedKind.Words)),
            (State.Panel, Assert.Single(State.Forms.Redaction.Redactions)));
    }

    [Fact]
    public async Task After_filtering_nothing_is_open_that_is_not_on_the_list()
    {
        await WriteAsync("Mine stopped.");
        await Site.WriteAsync("My arm is weak.", level: FlagLevel.RedFlag);
        await State.InitializeAsync(null);
        Assert.Equal("My arm is weak.", State.Open!.DisplayText);

        await Navigation.ApplyFilterAsync(new QueueFilter(QueueTab.Rest));
        Assert.Equal("Mine stopped.", State.Open.DisplayText);
        await Navigation.ApplyFilterAsync(new QueueFilter(Words: "nothing has this in it"), moveFocus: true);

        Assert.Equal((null, ModerationQueueState.ListHeading), (State.Open, State.TakeFocusTarget()));
        await PressAsync("a");
        Assert.Equal(2, State.Counts.Waiting);
    }

    [Fact]
    public async Task Escape_closes_the_keys_then_the_form_then_goes_back_to_the_list()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null);
        await State.SelectAsync(State.Slice.Rows[0].Id);
        await PressAsync("x");
        await PressAsync("?");

        await PressAsync("Escape");
        Assert.Equal((false, QueuePanel.Refusal), (State.ShowsHelp, State.Panel));
        await PressAsync("Escape");
        Assert.Equal((QueuePanel.None, true), (State.Panel, State.ShowsCase));
        await PressAsync("Escape");
        Assert.Equal((false, QueueList.RowId(Seen.Id)), (State.ShowsCase, State.TakeFocusTarget()));
        await PressAsync("Escape");
        Assert.Equal(ModerationQueueState.ListHeading, State.TakeFocusTarget());
    }

    [Fact]
    public async Task On_a_phone_a_button_that_lists_everything_leads_to_the_list_and_a_search_to_what_it_found()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null, filter: new QueueFilter(Words: "nothing has this in it"));
        Assert.Null(State.Open);

        await Navigation.ApplyFilterAsync(QueueFilter.Everything, moveFocus: true, leavesList: false);
        Assert.Equal(("one", false), (State.Open!.DisplayText, State.ShowsCase));
        await Navigation.ApplyFilterAsync(new QueueFilter(Words: "two"), moveFocus: true);

        Assert.Equal(("two", true), (State.Open.DisplayText, State.ShowsCase));
    }

    [Fact]
    public async Task Escape_takes_the_question_about_the_ticked_back_and_the_focus_goes_to_its_button()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null);
        await PressAsync(" ");
        await PressAsync("s");
        Assert.Equal((true, ModerationQueueState.BulkQuestion), (State.AsksAboutTicked, State.TakeFocusTarget()));

        await PressAsync("Escape");

        Assert.Equal((false, 1, ModerationQueueState.BulkButton), (State.AsksAboutTicked, State.Ticked.Count, State.TakeFocusTarget()));
    }
}
