using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Tests.Moderation.QueueState;

/// <summary>What becomes of words that were being written when the page was lost.</summary>
public sealed class DraftResumingTests : QueueStateTestBase
{
    [Fact]
    public async Task A_draft_comes_back_with_its_comment()
    {
        await WriteAsync("one", "two");
        var drafted = (await Site.Queue.ListAsync(
            QueueFilter.Everything, cancellationToken: Cancel)).Rows[1].Id;

        await State.InitializeAsync(drafted, new BrowserDraft(drafted, QueuePanel.Refusal, "It names a school.", null));

        Assert.Equal(("two", QueuePanel.Refusal, "What you were writing is back."), (State.Open!.DisplayText, State.Panel, State.Message));
        await Actions.DecideAsync(State.Open.Version, Decision.Reject(RefusalReason.Other, "It names a school."));
        Assert.Equal([(drafted, QueuePanel.Refusal)], State.Forms.TakeFinished());
        Assert.Empty(State.Forms.TakeFinished());
    }

    [Fact]
    public async Task A_draft_about_another_comment_opens_no_form_and_is_gone_on_with_when_asked_for()
    {
        await WriteAsync("one", "two");
        var second = (await Site.Queue.ListAsync(QueueFilter.Everything, cancellationToken: Cancel)).Rows[1].Id;
        var draft = new BrowserDraft(second, QueuePanel.Refusal, "It names", null);

        await State.InitializeAsync(null, draft);
        Assert.Equal(
            ("one", QueuePanel.None, new KeptWords(draft, "Ada")), (State.Open!.DisplayText, State.Panel, State.Forms.Kept));
        await State.GoOnAsync(State.Forms.Kept!);
        Assert.Equal(("two", QueuePanel.Refusal, null), (State.Open.DisplayText, State.Panel, State.Forms.Kept));

        await State.InitializeAsync(null, draft with { Comment = State.Slice.Rows[0].Id });
        Assert.Equal(("one", QueuePanel.Refusal), (State.Open.DisplayText, State.Panel));
    }

    [Fact]
    public async Task Words_that_are_kept_are_told_of_until_their_comment_is_decided_on()
    {
        await WriteAsync("one", "two");
        var second = (await Site.Queue.ListAsync(QueueFilter.Everything, cancellationToken: Cancel)).Rows[1].Id;
        await State.InitializeAsync(null, new BrowserDraft(second, QueuePanel.Refusal, "It names", null));

        await PressAsync("j");
        await PressAsync("a");

        Assert.Null(State.Forms.Kept);
    }

    [Fact]
    public async Task Words_typed_for_a_form_that_did_not_open_open_it_but_no_other_form_is_closed_for_them()
    {
        await WriteAsync("one", "two");
        await State.InitializeAsync(null);
        var draft = new BrowserDraft(State.Open!.Comment.Id, QueuePanel.Note, "Phone her.", null);

        await State.ResumeAsync(draft);
        Assert.Equal((QueuePanel.Note, "What you were writing is back."), (State.Panel, State.Message));
        await State.SelectAsync(State.Slice.Rows[1].Id);
        await State.ResumeAsync(draft);
        Assert.Equal((QueuePanel.None, new KeptWords(draft, "Ada")), (State.Panel, State.Forms.Kept));
        await PressAsync("x");
        await State.ResumeAsync(draft with { Comment = State.Open.Comment.Id });

        Assert.Equal(QueuePanel.Refusal, State.Panel);
    }

    [Fact]
    public async Task A_drafted_reason_for_a_decided_comment_is_shown_once_and_not_kept()
    {
        var comment = await Site.WriteAsync("It stopped.");
        await Site.WriteAsync("Mine, too.");
        await Site.Decisions.DecideAsync(comment.Id, 1, Decision.Spam, Ben, Cancel);

        await State.InitializeAsync(null, new BrowserDraft(comment.Id, QueuePanel.Refusal, "It names a school.", null));

        Assert.Equal(QueuePanel.None, State.Panel);
        Assert.Equal([new UnsentWords("It names a school.", "Ben decided on the comment by Ada meanwhile.")], State.Forms.Unsent);
        Assert.StartsWith(
            "Ben decided on the comment by Ada meanwhile. What you wrote was not sent", State.Message, StringComparison.Ordinal);
        Assert.Equal([(comment.Id, QueuePanel.Refusal)], State.Forms.TakeFinished());
        State.Forms.DropUnsent(State.Forms.Unsent[0]);
        Assert.Empty(State.Forms.Unsent);
    }

    [Fact]
    public async Task A_draft_for_a_deleted_comment_is_shown_and_the_first_comment_is_open()
    {
        await Site.WriteAsync("It stopped.");
        var gone = Guid.CreateVersion7();

        await State.InitializeAsync(null, new BrowserDraft(gone, QueuePanel.Reply, "Thank you.", Guid.CreateVersion7()));

        Assert.Equal(("It stopped.", "Thank you."), (State.Open!.DisplayText, Assert.Single(State.Forms.Unsent).Words));
        Assert.Equal([(gone, QueuePanel.Reply)], State.Forms.TakeFinished());
    }
}
