using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;

namespace ArmTwitch.Tests.Moderation;

/// <summary>What stays, what is kept and what is said when the moderator goes to another comment, or somebody else was faster.</summary>
public sealed class QueueSelectionTests : IAsyncLifetime
{
    private const string NoLonger = "You are signed out, or your account has changed.";

    private readonly ModerationTestSite desk = new();
    private ModerationQueueState state = null!;
    private Decider ada = null!, ben = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private CommentVersion Seen => state.Open!.Version;

    public async ValueTask InitializeAsync()
    {
        (ada, ben) = (await desk.HireAsync("Ada", ModeratorRole.Editor), await desk.HireAsync("Ben"));
        state = new ModerationQueueState(
            desk.Waiting, desk.Decisions, new CurrentModerator(ada.Id!.Value, "Ada", "ada@armtwitch.test", ada.Role));
    }

    public async ValueTask DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task A_row_that_is_clicked_during_an_act_opens_after_it_and_without_what_came_of_it()
    {
        await desk.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        var other = await desk.WriteAsync("It stopped.");
        await state.InitializeAsync(null);

        await DuringAsync(() => state.DecideAsync(Seen, Decision.Approve), () => state.SelectAsync(other.Id));

        Assert.Equal(("It stopped.", QueuePanel.None, null), (state.Open!.DisplayText, state.Panel, state.Risk));
        Assert.StartsWith("Not published yet", state.Message, StringComparison.Ordinal);
        Assert.Equal(2, state.Counts.Waiting);
    }

    [Fact]
    public async Task An_original_shows_below_its_own_comment_only()
    {
        var open = await desk.WriteAsync("I am Ada Smith.");
        await desk.Decisions.DecideAsync(open.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ben, Stop);
        var other = await desk.WriteAsync("It stopped.");
        await state.InitializeAsync(open.Id);
        var drawn = Seen;

        await state.ReadOriginalAsync(drawn);
        Assert.Equal("I am Ada Smith.", state.Original);
        await state.SelectAsync(open.Id);
        await DuringAsync(() => state.ReadOriginalAsync(drawn), () => state.SelectAsync(other.Id));
        Assert.Equal(("It stopped.", null), (state.Open!.DisplayText, state.Original));

        await state.ReadOriginalAsync(drawn);
        Assert.Null(state.Original);
        Assert.EndsWith("Your last press was not taken: the screen had only just changed.", state.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_chosen_during_an_act_is_kept()
    {
        await desk.WriteAsync("It stopped.");
        await desk.WriteAsync("Mine, too.");
        await state.InitializeAsync(null);

        await DuringAsync(() => state.DecideAsync(Seen, Decision.Approve), () => state.ApplyFilterAsync(new QueueFilter(Words: "nothing")));

        Assert.Equal(("nothing", 0, 1), (state.Filter.Words, state.Slice.Total, state.Counts.Waiting));
    }

    [Fact]
    public async Task News_during_an_act_are_looked_at_again_afterwards()
    {
        await desk.WriteAsync("It stopped.");
        await state.InitializeAsync(null);

        await DuringAsync(() => state.DecideAsync(Seen, Decision.Approve), state.RefreshFromNewsAsync);
        Assert.True(state.IsStale);

        await state.RefreshFromNewsAsync();
        Assert.False(state.IsStale);
    }

    [Fact]
    public async Task Whoever_was_removed_is_told_so_plainly_whichever_act_it_is()
    {
        var decided = await desk.WriteAsync("It stopped.");
        var done = await desk.Decisions.DecideAsync(decided.Id, 1, Decision.Approve, ada, Stop);
        var hidden = await desk.WriteAsync("I am Ada Smith.");
        await desk.Decisions.DecideAsync(hidden.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ben, Stop);
        await desk.WriteAsync("Mine, too.");
        await state.InitializeAsync(null);
        await desk.Site.Get<ModeratorAccounts>().RemoveAsync(ada.Id!.Value, cancellationToken: Stop);

        await SaysSoAsync(() => state.DecideAsync(Seen, Decision.Approve));
        await SaysSoAsync(() => state.UndoAsync([new(done.DecisionId!.Value, decided.Id, "Ada", DecisionKind.Approve, default)]));
        await SaysSoAsync(() => state.ReplyAsync(Seen, Guid.CreateVersion7(), "Thank you."));
        await state.SelectAsync(hidden.Id);
        await SaysSoAsync(() => state.ReadOriginalAsync(Seen));
        Assert.Null(state.Original);
        state.ToggleSelected(state.Slice.Rows[0].Version);
        await SaysSoAsync(() => state.MarkSelectedAsSpamAsync([.. state.Selected]));
        Assert.Equal((1, 1), (state.Counts.Waiting, state.Selected.Count));

        async Task SaysSoAsync(Func<Task> act)
        {
            state.SetMessage("");
            await act();
            Assert.StartsWith(NoLonger, state.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reason_whose_comment_a_colleague_decided_on_is_shown_once_more_and_not_kept()
    {
        var comment = await desk.WriteAsync("It stopped.");
        await desk.WriteAsync("Mine, too.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, ben, Stop);

        await state.InitializeAsync(null, new BrowserDraft(comment.Id, QueuePanel.Refusal, "It names a school.", null));

        Assert.Equal(QueuePanel.None, state.Panel);
        Assert.Equal([new UnsentWords("It names a school.", "Ben decided on the comment by Ada meanwhile.")], state.Unsent);
        Assert.StartsWith(
            "Ben decided on the comment by Ada meanwhile. What you wrote was not sent", state.Message, StringComparison.Ordinal);
        Assert.Equal([(comment.Id, QueuePanel.Refusal)], state.TakeFinishedDrafts());
        state.DropUnsent(state.Unsent[0]);
        Assert.Empty(state.Unsent);
    }

    [Fact]
    public async Task Words_for_a_comment_that_is_gone_are_shown_once_more_and_the_first_of_the_list_is_open()
    {
        await desk.WriteAsync("It stopped.");
        var gone = Guid.CreateVersion7();

        await state.InitializeAsync(null, new BrowserDraft(gone, QueuePanel.Reply, "Thank you.", Guid.CreateVersion7()));

        Assert.Equal(("It stopped.", "Thank you."), (state.Open!.DisplayText, Assert.Single(state.Unsent).Words));
        Assert.Equal([(gone, QueuePanel.Reply)], state.TakeFinishedDrafts());
    }

    [Fact]
    public async Task A_reason_that_comes_too_late_is_shown_once_more()
    {
        var comment = await desk.WriteAsync("It stopped.");
        await state.InitializeAsync(null);
        await state.ShowAsync(Seen, QueuePanel.Refusal);
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Stop);

        await state.DecideAsync(Seen, Decision.Reject(RefusalReason.Other, "It names a school."));

        Assert.Equal([new UnsentWords("It names a school.", "Ben was faster. Nothing was changed.")], state.Unsent);
        Assert.All(state.TakeFinishedDrafts(), one => Assert.Equal((comment.Id, QueuePanel.Refusal), one));
    }

    [Fact]
    public async Task A_second_reason_that_comes_too_late_leaves_the_first_to_be_copied()
    {
        foreach (var words in new[] { "It names a school.", "It names a street." })
        {
            var comment = await desk.WriteAsync(words);
            await state.SelectAsync(comment.Id);
            await state.ShowAsync(Seen, QueuePanel.Refusal);
            await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Stop);
            await state.DecideAsync(Seen, Decision.Reject(RefusalReason.Other, words));
        }

        Assert.Equal(["It names a school.", "It names a street."], state.Unsent.Select(one => one.Words));
    }

    [Theory]
    [InlineData(QueuePanel.Refusal, "Ben decided on the comment by Ada meanwhile.")]
    [InlineData(QueuePanel.Reply, "The comment by Ada is no longer on the page.")]
    public async Task Whose_form_is_overtaken_while_they_type_is_told_there_at_once(QueuePanel form, string told)
    {
        var isReply = form is QueuePanel.Reply;
        var comment = await desk.WriteAsync(
            "It stopped.", status: isReply ? CommentStatus.Approved : CommentStatus.Pending, shownText: isReply ? "It stopped." : null);
        await state.InitializeAsync(comment.Id);
        await state.ShowAsync(Seen, form);
        await state.RefreshFromNewsAsync();
        Assert.Null(state.Overtaken);

        await desk.Decisions.DecideAsync(comment.Id, 1, isReply ? Decision.Remove : Decision.Approve, ben, Stop);
        await state.RefreshFromNewsAsync();

        Assert.Equal((told, form), (state.Overtaken, state.Panel));
        state.Close();
        Assert.Null(state.Overtaken);
    }

    [Fact]
    public async Task An_answer_to_other_words_than_were_seen_is_kept_below_the_new_ones()
    {
        var comment = await desk.WriteAsync("First.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Stop);
        await state.InitializeAsync(comment.Id);
        await state.ShowAsync(Seen, QueuePanel.Reply);
        await desk.EditAsync(comment.Id, "Second.");
        await desk.Decisions.DecideAsync(comment.Id, 2, Decision.Approve, ben, Stop);
        var reply = Guid.CreateVersion7();

        await state.ReplyAsync(Seen, reply, "Thank you.");

        Assert.StartsWith("Not published: the writer has changed the comment", state.Message, StringComparison.Ordinal);
        Assert.Equal(
            ("Second.", QueuePanel.Reply, new BrowserDraft(comment.Id, QueuePanel.Reply, "Thank you.", reply)),
            (state.Open!.DisplayText, state.Panel, state.Returned));
        Assert.Empty(state.TakeFinishedDrafts());
        await state.ReplyAsync(Seen, reply, "Thank you.");
        Assert.Equal(("Your answer is published.", null), (state.Message, state.Returned));
    }

    [Theory]
    [InlineData("j")]
    [InlineData("u")]
    [InlineData("Escape")]
    [InlineData("click")]
    public async Task Marks_are_kept_when_the_moderator_goes_away_from_a_redaction(string away)
    {
        await desk.Decisions.DecideAsync((await desk.WriteAsync("Decided.")).Id, 1, Decision.Spam, ada, Stop);
        var comment = await desk.WriteAsync("I am Ada Smith from Bath.");
        var next = await desk.WriteAsync("Mine, too.");
        await state.InitializeAsync(null);
        await state.CutAsync(Seen, [5, 9]);

        await (away is "click" ? state.SelectAsync(next.Id) : PressAsync(away));
        if (away is not "Escape")
            Assert.EndsWith(
                "What you marked in the comment by Ada is kept: open it again and press r.", state.Message, StringComparison.Ordinal);
        await state.SelectAsync(comment.Id);
        Assert.Equal(QueuePanel.None, state.Panel);
        await PressAsync("r");

        Assert.Equal(
            (QueuePanel.Redaction, new Redaction(5, 9, RemovedKind.OtherPersonalData)),
            (state.Panel, Assert.Single(state.Redaction.Redactions)));
    }

    [Fact]
    public async Task Refusing_does_not_take_the_place_of_a_redaction()
    {
        await desk.WriteAsync("I am Ada Smith from Bath.");
        await state.InitializeAsync(null);
        await state.CutAsync(Seen, [5, 9]);

        await PressAsync("x");
        Assert.Equal((QueuePanel.Redaction, 1), (state.Panel, state.Redaction.Redactions.Count));
        Assert.StartsWith("Nothing is decided yet: you are taking words out.", state.Message, StringComparison.Ordinal);
        await state.ShowAsync(Seen, QueuePanel.Refusal);
        Assert.Equal(QueuePanel.Redaction, state.Panel);
    }

    /// <summary>Does the second while the first waits for the database.</summary>
    private async Task DuringAsync(Func<Task> act, Func<Task> other)
    {
        Task first, second;
        using (await desk.Site.Get<SqliteWriteLock>().AcquireAsync(Stop))
        {
            first = act();
            second = other();
            if (other == state.RefreshFromNewsAsync)
                await second;
        }

        await Task.WhenAll(first, second);
    }

    private Task PressAsync(string key) =>
        state.HandleKeyAsync(key, new(state.Open?.Comment.Id, state.Open?.Comment.Revision ?? 0, state.OfferedUndo), null);
}
