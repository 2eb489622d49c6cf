using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation;
using ArmTwitch.Moderators;

namespace ArmTwitch.Tests.Moderation;

/// <summary>What stays, what is kept and what is said when the moderator goes to another comment, or somebody else was faster.</summary>
public sealed class QueueSelectionTests : IAsyncLifetime
{
    private const string NoLonger = "You are signed out, or your account has changed.";

    private readonly Desk desk = new();
    private QueueSitting sitting = null!;
    private Decider ada = null!, ben = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private SeenComment Seen => sitting.Open!.Seen;

    public async ValueTask InitializeAsync()
    {
        (ada, ben) = (await desk.HireAsync("Ada", ModeratorRole.Editor), await desk.HireAsync("Ben"));
        sitting = new QueueSitting(desk.Waiting, desk.Decisions, new SignedIn(ada.Id!.Value, "Ada", "ada@armtwitch.test", ada.Role));
    }

    public async ValueTask DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task A_row_that_is_clicked_during_an_act_opens_after_it_and_without_what_came_of_it()
    {
        await desk.WriteAsync("I want to end my life.", level: FlagLevel.Crisis);
        var other = await desk.WriteAsync("It stopped.");
        await sitting.BeginAsync(null);

        await DuringAsync(() => sitting.DecideAsync(Seen, Decision.Approve), () => sitting.SelectAsync(other.Id));

        Assert.Equal(("It stopped.", QueuePanel.None, null), (sitting.Open!.Words, sitting.Panel, sitting.Risk));
        Assert.StartsWith("Not published yet", sitting.Said, StringComparison.Ordinal);
        Assert.Equal(2, sitting.Counts.Waiting);
    }

    [Fact]
    public async Task An_original_shows_below_its_own_comment_only()
    {
        var open = await desk.WriteAsync("I am Ada Smith.");
        await desk.Decisions.DecideAsync(open.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ben, Stop);
        var other = await desk.WriteAsync("It stopped.");
        await sitting.BeginAsync(open.Id);
        var drawn = Seen;

        await sitting.ReadOriginalAsync(drawn);
        Assert.Equal("I am Ada Smith.", sitting.Original);
        await sitting.SelectAsync(open.Id);
        await DuringAsync(() => sitting.ReadOriginalAsync(drawn), () => sitting.SelectAsync(other.Id));
        Assert.Equal(("It stopped.", null), (sitting.Open!.Words, sitting.Original));

        await sitting.ReadOriginalAsync(drawn);
        Assert.Null(sitting.Original);
        Assert.EndsWith("Your last press was not taken: the screen had only just changed.", sitting.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_chosen_during_an_act_is_kept()
    {
        await desk.WriteAsync("It stopped.");
        await desk.WriteAsync("Mine, too.");
        await sitting.BeginAsync(null);

        await DuringAsync(() => sitting.DecideAsync(Seen, Decision.Approve), () => sitting.ChooseAsync(new QueueFilter(Words: "nothing")));

        Assert.Equal(("nothing", 0, 1), (sitting.Filter.Words, sitting.Slice.Total, sitting.Counts.Waiting));
    }

    [Fact]
    public async Task News_during_an_act_are_looked_at_again_afterwards()
    {
        await desk.WriteAsync("It stopped.");
        await sitting.BeginAsync(null);

        await DuringAsync(() => sitting.DecideAsync(Seen, Decision.Approve), sitting.FollowAsync);
        Assert.True(sitting.IsStale);

        await sitting.FollowAsync();
        Assert.False(sitting.IsStale);
    }

    [Fact]
    public async Task Whoever_was_removed_is_told_so_plainly_whichever_act_it_is()
    {
        var decided = await desk.WriteAsync("It stopped.");
        var done = await desk.Decisions.DecideAsync(decided.Id, 1, Decision.Approve, ada, Stop);
        var hidden = await desk.WriteAsync("I am Ada Smith.");
        await desk.Decisions.DecideAsync(hidden.Id, 1, Decision.ApproveRedacted(new Redaction(5, 9, RemovedKind.Name)), ben, Stop);
        await desk.WriteAsync("Mine, too.");
        await sitting.BeginAsync(null);
        await desk.Site.Get<People>().RemoveAsync(ada.Id!.Value, cancellationToken: Stop);

        await SaysSoAsync(() => sitting.DecideAsync(Seen, Decision.Approve));
        await SaysSoAsync(() => sitting.UndoAsync([new(done.DecisionId!.Value, decided.Id, "Ada", DecisionKind.Approve, default)]));
        await SaysSoAsync(() => sitting.ReplyAsync(Seen, Guid.CreateVersion7(), "Thank you."));
        await sitting.SelectAsync(hidden.Id);
        await SaysSoAsync(() => sitting.ReadOriginalAsync(Seen));
        Assert.Null(sitting.Original);
        sitting.Choose(sitting.Slice.Rows[0].Seen);
        await SaysSoAsync(() => sitting.SpamChosenAsync([.. sitting.Chosen]));
        Assert.Equal((1, 1), (sitting.Counts.Waiting, sitting.Chosen.Count));

        async Task SaysSoAsync(Func<Task> act)
        {
            sitting.Say("");
            await act();
            Assert.StartsWith(NoLonger, sitting.Said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reason_whose_comment_a_colleague_decided_on_is_shown_once_more_and_not_kept()
    {
        var comment = await desk.WriteAsync("It stopped.");
        await desk.WriteAsync("Mine, too.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, ben, Stop);

        await sitting.BeginAsync(null, new KeptDraft(comment.Id, QueuePanel.Refusal, "It names a school.", null));

        Assert.Equal(QueuePanel.None, sitting.Panel);
        Assert.Equal([new UnsentWords("It names a school.", "Ben decided on the comment by Ada meanwhile.")], sitting.Unsent);
        Assert.StartsWith("Ben decided on the comment by Ada meanwhile. What you wrote was not sent", sitting.Said, StringComparison.Ordinal);
        Assert.Equal([(comment.Id, QueuePanel.Refusal)], sitting.TakeSettled());
        sitting.DropUnsent(sitting.Unsent[0]);
        Assert.Empty(sitting.Unsent);
    }

    [Fact]
    public async Task Words_for_a_comment_that_is_gone_are_shown_once_more_and_the_first_of_the_list_is_open()
    {
        await desk.WriteAsync("It stopped.");
        var gone = Guid.CreateVersion7();

        await sitting.BeginAsync(null, new KeptDraft(gone, QueuePanel.Reply, "Thank you.", Guid.CreateVersion7()));

        Assert.Equal(("It stopped.", "Thank you."), (sitting.Open!.Words, Assert.Single(sitting.Unsent).Words));
        Assert.Equal([(gone, QueuePanel.Reply)], sitting.TakeSettled());
    }

    [Fact]
    public async Task A_reason_that_comes_too_late_is_shown_once_more()
    {
        var comment = await desk.WriteAsync("It stopped.");
        await sitting.BeginAsync(null);
        await sitting.ShowAsync(Seen, QueuePanel.Refusal);
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Stop);

        await sitting.DecideAsync(Seen, Decision.Reject(RefusalReason.Other, "It names a school."));

        Assert.Equal([new UnsentWords("It names a school.", "Ben was faster. Nothing was changed.")], sitting.Unsent);
        Assert.All(sitting.TakeSettled(), one => Assert.Equal((comment.Id, QueuePanel.Refusal), one));
    }

    [Fact]
    public async Task A_second_reason_that_comes_too_late_leaves_the_first_to_be_copied()
    {
        foreach (var words in new[] { "It names a school.", "It names a street." })
        {
            var comment = await desk.WriteAsync(words);
            await sitting.SelectAsync(comment.Id);
            await sitting.ShowAsync(Seen, QueuePanel.Refusal);
            await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Stop);
            await sitting.DecideAsync(Seen, Decision.Reject(RefusalReason.Other, words));
        }

        Assert.Equal(["It names a school.", "It names a street."], sitting.Unsent.Select(one => one.Words));
    }

    [Theory]
    [InlineData(QueuePanel.Refusal, "Ben decided on the comment by Ada meanwhile.")]
    [InlineData(QueuePanel.Reply, "The comment by Ada is no longer on the page.")]
    public async Task Whose_form_is_overtaken_while_they_type_is_told_there_at_once(QueuePanel form, string told)
    {
        var isReply = form is QueuePanel.Reply;
        var comment = await desk.WriteAsync("It stopped.", status: isReply ? CommentStatus.Approved : CommentStatus.Pending, shownText: isReply ? "It stopped." : null);
        await sitting.BeginAsync(comment.Id);
        await sitting.ShowAsync(Seen, form);
        await sitting.FollowAsync();
        Assert.Null(sitting.Overtaken);

        await desk.Decisions.DecideAsync(comment.Id, 1, isReply ? Decision.Remove : Decision.Approve, ben, Stop);
        await sitting.FollowAsync();

        Assert.Equal((told, form), (sitting.Overtaken, sitting.Panel));
        sitting.Close();
        Assert.Null(sitting.Overtaken);
    }

    [Fact]
    public async Task An_answer_to_other_words_than_were_seen_is_kept_below_the_new_ones()
    {
        var comment = await desk.WriteAsync("First.");
        await desk.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ben, Stop);
        await sitting.BeginAsync(comment.Id);
        await sitting.ShowAsync(Seen, QueuePanel.Reply);
        await desk.EditAsync(comment.Id, "Second.");
        await desk.Decisions.DecideAsync(comment.Id, 2, Decision.Approve, ben, Stop);
        var reply = Guid.CreateVersion7();

        await sitting.ReplyAsync(Seen, reply, "Thank you.");

        Assert.StartsWith("Not published: the writer has changed the comment", sitting.Said, StringComparison.Ordinal);
        Assert.Equal(("Second.", QueuePanel.Reply, new KeptDraft(comment.Id, QueuePanel.Reply, "Thank you.", reply)), (sitting.Open!.Words, sitting.Panel, sitting.Returned));
        Assert.Empty(sitting.TakeSettled());
        await sitting.ReplyAsync(Seen, reply, "Thank you.");
        Assert.Equal(("Your answer is published.", null), (sitting.Said, sitting.Returned));
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
        await sitting.BeginAsync(null);
        await sitting.CutAsync(Seen, [5, 9]);

        await (away is "click" ? sitting.SelectAsync(next.Id) : PressAsync(away));
        if (away is not "Escape")
            Assert.EndsWith("What you marked in the comment by Ada is kept: open it again and press r.", sitting.Said, StringComparison.Ordinal);
        await sitting.SelectAsync(comment.Id);
        Assert.Equal(QueuePanel.None, sitting.Panel);
        await PressAsync("r");

        Assert.Equal((QueuePanel.Redaction, new Redaction(5, 9, RemovedKind.OtherPersonalData)), (sitting.Panel, Assert.Single(sitting.Redaction.Cuts)));
    }

    [Fact]
    public async Task Refusing_does_not_take_the_place_of_a_redaction()
    {
        await desk.WriteAsync("I am Ada Smith from Bath.");
        await sitting.BeginAsync(null);
        await sitting.CutAsync(Seen, [5, 9]);

        await PressAsync("x");
        Assert.Equal((QueuePanel.Redaction, 1), (sitting.Panel, sitting.Redaction.Cuts.Count));
        Assert.StartsWith("Nothing is decided yet: you are taking words out.", sitting.Said, StringComparison.Ordinal);
        await sitting.ShowAsync(Seen, QueuePanel.Refusal);
        Assert.Equal(QueuePanel.Redaction, sitting.Panel);
    }

    /// <summary>Does the second while the first waits for the database.</summary>
    private async Task DuringAsync(Func<Task> act, Func<Task> other)
    {
        Task first, second;
        using (await desk.Site.Get<WriteGate>().EnterAsync(Stop))
        {
            first = act();
            second = other();
            if (other == sitting.FollowAsync)
                await second;
        }

        await Task.WhenAll(first, second);
    }

    private Task PressAsync(string key) => sitting.HearAsync(key, new(sitting.Open?.Comment.Id, sitting.Open?.Comment.Revision ?? 0, sitting.OfferedUndo), null);
}
