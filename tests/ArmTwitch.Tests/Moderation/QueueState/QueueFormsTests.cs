using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Tests.Moderation.QueueState;

/// <summary>What is typed or marked in a form below a comment is kept, and decides nothing before it is sent.</summary>
public sealed class QueueFormsTests : QueueStateTestBase
{
    [Fact]
    public async Task A_new_redaction_replaces_those_that_it_overlaps()
    {
        await WriteAsync("I am Ada Smith from Bath.");
        await State.InitializeAsync(null);

        await Actions.RedactAsync(Seen, [5, 3]);
        await Actions.RedactAsync(Seen, [9, 5]);
        Assert.Equal((2, "2 places to take out."), (State.Forms.Redaction.Redactions.Count, State.Message));

        await Actions.RedactAsync(Seen, [5, 9]);
        Assert.Equal((5, 14), (Assert.Single(State.Forms.Redaction.Redactions).Start, State.Forms.Redaction.Redactions[0].End));
        await Actions.RedactAsync(Seen, [20, 500]);
        Assert.Single(State.Forms.Redaction.Redactions);

        State.CancelForm();
        Assert.Equal((QueuePanel.None, 0), (State.Panel, State.Forms.Redaction.Redactions.Count));
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
            State.SetMessage("");
            await Actions.DecideAsync(Seen, decision);
            Assert.Equal((1, open), (State.Counts.Waiting, State.Panel));
            Assert.StartsWith("Nothing is decided yet", State.Message, StringComparison.Ordinal);
        }

        await Actions.ShowAsync(Seen, QueuePanel.Reply);
        Assert.Equal(open, State.Panel);
        await PressAsync("Escape");
        await PressAsync("s");
        Assert.Equal(open is QueuePanel.Risk ? 1 : 0, State.Counts.Waiting);
    }

    [Fact]
    public async Task Marked_words_are_taken_out_by_their_own_button_and_not_by_a_refusal()
    {
        await OpenFormAsync(QueuePanel.Redaction);

        await Actions.DecideAsync(Seen, Decision.Reject(RefusalReason.Other, "No."));
        Assert.Equal(1, State.Counts.Waiting);
        var id = State.Open!.Comment.Id;
        await Actions.DecideAsync(State.Open.Version, Decision.ApproveRedacted([.. State.Forms.Redaction.Redactions]));

        Assert.Equal(0, State.Counts.Waiting);
        Assert.DoesNotContain("Smith", (await Site.ReadAsync(id)).ShownText!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_that_comes_too_late_is_shown_again()
    {
        var comment = await Site.WriteAsync("It stopped.");
        await State.InitializeAsync(null);
        await Actions.ShowAsync(Seen, QueuePanel.Refusal);
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);

        await Actions.DecideAsync(Seen, Decision.Reject(RefusalReason.Other, "It names a school."));

        Assert.Equal([new UnsentWords("It names a school.", "Ben was faster. Nothing was changed.")], State.Forms.Unsent);
        Assert.All(State.Forms.TakeFinished(), one => Assert.Equal((comment.Id, QueuePanel.Refusal), one));
    }

    [Fact]
    public async Task A_second_reason_that_comes_too_late_leaves_the_first_to_be_copied()
    {
        foreach (var words in new[] { "It names a school.", "It names a street." })
        {
            var comment = await Site.WriteAsync(words);
            await State.SelectAsync(comment.Id);
            await Actions.ShowAsync(Seen, QueuePanel.Refusal);
            await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);
            await Actions.DecideAsync(Seen, Decision.Reject(RefusalReason.Other, words));
        }

        Assert.Equal(["It names a school.", "It names a street."], State.Forms.Unsent.Select(one => one.Words));
    }

    [Fact]
    public async Task An_answer_to_a_text_that_has_changed_is_kept_below_the_new_text()
    {
        var comment = await Site.WriteAsync("First.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, Ben, Cancel);
        await State.InitializeAsync(comment.Id);
        await Actions.ShowAsync(Seen, QueuePanel.Reply);
        await Site.EditAsync(comment.Id, "Second.");
        await Site.Decisions.DecideAsync(comment.Id, 2, Decision.Approve, Ben, Cancel);
        var reply = Guid.CreateVersion7();

        await Actions.ReplyAsync(Seen, reply, "Thank you.");

        Assert.StartsWith("Not published: the author has changed the comment", State.Message, StringComparison.Ordinal);
        Assert.Equal(
            ("Second.", QueuePanel.Reply, new BrowserDraft(comment.Id, QueuePanel.Reply, "Thank you.", reply)),
            (State.Open!.DisplayText, State.Panel, State.Forms.Returned));
        Assert.Empty(State.Forms.TakeFinished());
        await Actions.ReplyAsync(Seen, reply, "Thank you.");
        Assert.Equal(("Your answer is published.", null), (State.Message, State.Forms.Returned));
    }

    [Fact]
    public async Task A_refusal_does_not_replace_an_open_redaction()
    {
        await Site.WriteAsync("I am Ada Smith from Bath.");
        await State.InitializeAsync(null);
        await Actions.RedactAsync(Seen, [5, 9]);

        await PressAsync("x");
        Assert.Equal((QueuePanel.Redaction, 1), (State.Panel, State.Forms.Redaction.Redactions.Count));
        Assert.StartsWith("Nothing is decided yet: you are taking words out.", State.Message, StringComparison.Ordinal);
        await Actions.ShowAsync(Seen, QueuePanel.Refusal);
        Assert.Equal(QueuePanel.Redaction, State.Panel);
    }
}
