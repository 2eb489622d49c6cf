using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Tests.Moderation.QueueState;

public sealed class QueueKeyboardTests : QueueStateTestBase
{
    [Fact]
    public async Task Keys_that_are_switched_off_leave_help_and_escape()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null);
        State.ShortcutsEnabled = false;

        await PressAsync("a");
        await PressAsync("?");
        var shown = State.ShowsHelp;
        await PressAsync("Escape");

        Assert.Equal((1, true, false), (State.Counts.Waiting, shown, State.ShowsHelp));
    }

    [Fact]
    public async Task Nobody_steps_beyond_the_ends()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null);

        await PressAsync("k");
        var first = State.Message;
        await PressAsync("j");

        Assert.Equal(("That was the first one.", "That was the last one."), (first, State.Message));
        Assert.Equal("one", State.Open!.DisplayText);
    }

    [Theory]
    [InlineData("a", QueuePanel.Redaction, "taking words out")]
    [InlineData("s", QueuePanel.Redaction, "“Approve without …”")]
    [InlineData("e", QueuePanel.Redaction, "“Cancel” (Esc)")]
    [InlineData("a", QueuePanel.Refusal, "“Refuse it”")]
    [InlineData("s", QueuePanel.Refusal, "“Refuse it”")]
    [InlineData("a", QueuePanel.Risk, "the box below asks once more")]
    [InlineData("s", QueuePanel.Risk, "the box below asks once more")]
    public async Task While_a_form_is_open_a_key_decides_nothing_and_says_what_is_open(string key, QueuePanel open, string said)
    {
        await OpenFormAsync(open);

        await PressAsync(key);

        Assert.Equal((1, open), (State.Counts.Waiting, State.Panel));
        Assert.Contains(said, State.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stepping_goes_on_to_the_next_page_and_back()
    {
        for (var number = 0; number <= ModerationQueueService.PageSize; number++)
            await Site.WriteAsync($"Number {number}.");
        await State.InitializeAsync(null);
        await State.SelectAsync(State.Slice.Rows[^1].Id);

        await PressAsync("j");
        Assert.Equal(("Number 50.", 1), (State.Open!.DisplayText, State.Page));
        await PressAsync("j");
        Assert.Equal("That was the last one.", State.Message);

        await PressAsync("k");
        Assert.Equal(("Number 49.", 0), (State.Open.DisplayText, State.Page));
    }

    [Fact]
    public async Task An_arrow_in_the_list_stays_in_the_list_and_a_letter_leads_to_the_comment()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);

        await PressAsync("ArrowDown", OnScreen with { Row = State.Slice.Rows[0].Id });
        Assert.Equal(("two", QueueList.RowId(State.Slice.Rows[1].Id)), (State.Open!.DisplayText, State.TakeFocusTarget()));

        await PressAsync("j", OnScreen with { Row = State.Slice.Rows[1].Id });
        Assert.Equal(("three", ModerationQueueState.CommentHeading), (State.Open.DisplayText, State.TakeFocusTarget()));
    }

    [Theory]
    [InlineData("ArrowDown")]
    [InlineData("Shift+ArrowDown")]
    public async Task Where_there_is_room_for_the_list_alone_an_arrow_leaves_it_there(string key)
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);

        await PressAsync(key, OnScreen with { Row = State.Slice.Rows[0].Id, IsCaseHidden = true });

        Assert.Equal(
            ("two", false, QueueList.RowId(State.Slice.Rows[1].Id)), (State.Open!.DisplayText, State.ShowsCase, State.TakeFocusTarget()));
        await PressAsync("k", OnScreen with { IsCaseHidden = true });
        Assert.True(State.ShowsCase);
    }

    [Fact]
    public async Task Where_there_is_room_for_the_comment_alone_the_keys_for_the_chosen_ones_and_the_search_lead_to_the_list()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        await PressAsync("j");
        await PressAsync(" ");

        await PressAsync("s");
        Assert.Equal((false, true, ModerationQueueState.BulkQuestion), (State.ShowsCase, State.AsksAboutTicked, State.TakeFocusTarget()));

        await PressAsync("k");
        await PressAsync("/");
        Assert.Equal((false, ModerationQueueState.SearchField), (State.ShowsCase, State.TakeFocusTarget()));
    }

    [Fact]
    public async Task Space_ticks_the_comment_that_is_open_or_whose_row_has_the_focus()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);

        await PressAsync(" ");
        await PressAsync(" ", OnScreen with { Row = State.Slice.Rows[1].Id });
        Assert.Equal((2, "2 chosen."), (State.Ticked.Count, State.Message));

        await PressAsync(" ");
        Assert.Equal([State.Slice.Rows[1].Version], State.Ticked);
    }

    [Fact]
    public async Task Shift_and_an_arrow_tick_a_range_and_take_it_back()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);

        await PressAsync("Shift+ArrowDown");
        await PressAsync("Shift+ArrowDown");
        Assert.Equal(3, State.Ticked.Count);

        await PressAsync("Shift+ArrowUp");
        Assert.Equal(["one", "two"], State.Slice.Rows.Where(row => State.Ticked.Contains(row.Version)).Select(row => row.Excerpt));
    }

    [Fact]
    public async Task Keys_go_through_the_tabs_and_to_what_may_be_a_crisis()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null);

        await PressAsync("t");
        Assert.Equal((QueueTab.Crisis, "Crisis: 0.", null), (State.Filter.Tab, State.Message, State.Open));
        await PressAsync("T");
        await PressAsync("T");
        Assert.Equal((QueueTab.Rest, "one"), (State.Filter.Tab, State.Open!.DisplayText));
        await PressAsync("c");
        Assert.Equal(QueueTab.Crisis, State.Filter.Tab);
    }

    [Theory]
    [InlineData(QueueTab.All)]
    [InlineData(QueueTab.Crisis)]
    [InlineData(QueueTab.Rest)]
    public async Task The_key_for_what_may_be_a_crisis_opens_the_first_of_them_from_every_tab(QueueTab tab)
    {
        await WriteAsync("one");
        await Site.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        await Site.WriteAsync("I cannot go on.", level: FlagLevel.Crisis);
        await State.InitializeAsync(null, filter: new QueueFilter(tab));
        if (tab is QueueTab.Crisis)
            await State.SelectAsync(State.Slice.Rows[1].Id);
        State.GoToList();

        await PressAsync("c", OnScreen with { IsCaseHidden = true });

        Assert.Equal(
            (QueueTab.Crisis, "I want to end my life.", true, ModerationQueueState.CommentHeading),
            (State.Filter.Tab, State.Open!.DisplayText, State.ShowsCase, State.TakeFocusTarget()));
    }

    [Fact]
    public async Task A_search_that_finds_the_comment_behind_the_list_shows_it()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);

        await Navigation.SearchAsync(new QueueFilter(Words: "one"));

        Assert.Equal(("one", true), (State.Open!.DisplayText, State.ShowsCase));
    }

    [Fact]
    public async Task Where_there_is_room_for_the_list_alone_and_nothing_was_opened_the_first_step_leads_to_the_first_comment()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);

        await PressAsync("j", OnScreen with { IsCaseHidden = true });
        Assert.Equal(
            ("one", true, ModerationQueueState.CommentHeading), (State.Open!.DisplayText, State.ShowsCase, State.TakeFocusTarget()));

        await PressAsync("j");
        await PressAsync("Escape");
        await PressAsync("j", OnScreen with { IsCaseHidden = true });
        Assert.Equal("three", State.Open.DisplayText);
    }

    [Fact]
    public async Task The_key_for_an_answer_says_why_it_does_nothing()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null);

        await PressAsync("e");

        Assert.Equal(
            (QueuePanel.None, "Approve it first: an answer stands below a comment that readers see."), (State.Panel, State.Message));
    }

    [Fact]
    public async Task A_key_says_that_a_comment_waits_no_longer_and_what_was_decided()
    {
        var comment = await Site.WriteAsync("one");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);
        await State.InitializeAsync(comment.Id);
        State.SetMessage("");

        await PressAsync("a");

        Assert.Equal("The comment by Ada waits no longer. Approved by Ben.", State.Message);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("s")]
    [InlineData("x")]
    [InlineData("r")]
    public async Task A_key_says_that_a_colleague_decides_on_an_appeal_against_ones_own_refusal(string key)
    {
        var comment = await Site.WriteAsync("one");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Reject(RefusalReason.OffTopic), Ada, Cancel);
        await Site.AppealAsync(comment.Id);
        await State.InitializeAsync(comment.Id);

        await PressAsync(key);

        Assert.Equal(
            (QueuePanel.None, "You refused it yourself, so a colleague decides on the appeal. Press p to pass it on."),
            (State.Panel, State.Message));
    }

    [Fact]
    public async Task What_a_tab_has_is_said_only_while_it_is_listed()
    {
        await WriteAsync("one");
        await State.InitializeAsync(null, filter: new QueueFilter(Words: "one"));
        await PressAsync("t");
        Assert.Equal("Crisis: 0 found.", State.Message);

        await Navigation.ApplyFilterAsync(new QueueFilter(Words: "nothing"));
        State.DropPassedMessage();

        Assert.Equal("", State.Message);
    }

    [Fact]
    public async Task The_key_for_spam_asks_about_what_is_ticked_before_it_marks_anything()
    {
        await WriteAsync("one", "two", "three");
        await State.InitializeAsync(null);
        await PressAsync("Shift+ArrowDown");

        await PressAsync("s");
        await PressAsync("s");
        Assert.Equal((true, ModerationQueueState.BulkQuestion, 3), (State.AsksAboutTicked, State.TakeFocusTarget(), State.Counts.Waiting));

        await PressAsync("Escape");
        Assert.Equal((false, 2), (State.AsksAboutTicked, State.Ticked.Count));
    }
}
