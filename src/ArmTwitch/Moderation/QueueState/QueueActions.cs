using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What a moderator does in the queue: decide, take words out, answer, undo.</summary>
/// <remarks>
/// An action carries what was on the screen when it was done, and is refused if that is no longer open: the second press of a key must
/// not decide on the comment that moves up after the first. One action runs at a time (<see cref="SingleActionGate"/>).
/// </remarks>
public sealed class QueueActions(
    ModerationQueueState state, DecisionService decisions, DecisionUndoService undo, EditorReplyService replies)
{
    private Decider Decider => Decider.Of(state.Me);

    /// <summary>Decides, unless a form is open that the decision does not come from: what is prepared there would be lost.</summary>
    public Task DecideAsync(CommentVersion version, Decision decision) => state.RunOnAsync(version, now =>
    {
        if (state.Panel is QueuePanel.None || state.Panel == QueuePanels.FormOf(decision.Kind))
            return DecideAsync(now, decision);
        state.TellUnsavedForm();
        return Task.CompletedTask;
    });

    /// <summary>Publishes a comment although something speaks against it, which the button has named.</summary>
    public Task ConfirmAsync(CommentVersion version, PublishingRisk named) =>
        state.RunOnAsync(version, now => state.Forms.Confirmed(named) is { } decision ? DecideAsync(now, decision) : state.RejectStaleActionAsync());

    /// <param name="replyId">Made with the form: however often it is sent, one answer is published.</param>
    public Task ReplyAsync(CommentVersion version, Guid replyId, string text) => state.RunOnAsync(version, async now =>
    {
        var reply = (replyId, CommentTextCleaner.Clean(text));
        var outcome = (await replies.ReplyAsync(version, now.Comment.ShownText, reply, Decider)).Outcome;
        state.SetMessage(outcome.Answered());
        if (outcome is DecisionOutcome.Done or DecisionOutcome.AlreadyDecided)
            state.CancelForm();
        // The focus stays with the comment, which has to be read first.
        if (outcome is DecisionOutcome.TextChanged && await state.ReloadAsync(() => version.Id))
            state.Forms.Return(new(version.Id, QueuePanel.Reply, text, replyId));
    });

    /// <summary>Undoes decisions that the screen named.</summary>
    public Task UndoAsync(IReadOnlyList<UndoableDecision> some) => state.Gate.TryAsync(() => UndoNowAsync(some));

    /// <inheritdoc cref="RedactNow"/>
    public Task RedactAsync(CommentVersion version, int[]? selection) => RunAsync(version, now => RedactNow(now, selection));

    /// <summary>Opens a form below the comment.</summary>
    public Task ShowAsync(CommentVersion version, QueuePanel panel) => RunAsync(version, _ => ShowNow(panel));

    public Task ReadOriginalAsync(CommentVersion version) => state.RunOnAsync(version, async _ =>
    {
        var outcome = await state.Selection.ReadOriginalAsync(version);
        if (outcome is DecisionOutcome.MayNoLonger)
            state.SetMessage(DecisionMessages.MayNoLonger());
        else if (outcome is DecisionOutcome.TextChanged)
            state.TellTextChanged();
    });

    /// <param name="seen">The comments that the button named.</param>
    public Task MarkTickedAsSpamAsync(IReadOnlyCollection<CommentVersion> seen) =>
        state.Gate.TryAsync(() => seen.Count > 0 && state.Ticked.SetEquals(seen) ? MarkAsSpamAsync([.. seen]) : state.RejectStaleActionAsync());

    internal async Task DecideAsync(CommentReview now, Decision decision)
    {
        var index = Math.Max(0, state.Selection.OpenIndex);
        var result = await decisions.DecideAsync(now.Comment.Id, now.Comment.Revision, decision, Decider);
        var sentence = result.Sentence(decision.Kind, now.Comment.Author, state.Me.Name);
        if (result.Outcome is DecisionOutcome.Done)
            state.TellDecision(sentence);
        else
            state.SetMessage(
                sentence, isTrue: result.Outcome is DecisionOutcome.NeedsConfirmation ? () => state.Panel is QueuePanel.Risk : null);
        switch (result.Outcome)
        {
            case DecisionOutcome.NeedsConfirmation:
                state.Forms.Ask(decision, result.Risk);
                state.Focus(ModerationQueueState.FormHeading);
                return;
            case DecisionOutcome.NotAllowed or DecisionOutcome.MayNoLonger:
                return;
            case DecisionOutcome.TextChanged:
                await state.ReloadAsync(() => now.Comment.Id);
                return;
        }

        state.Forms.Settle(now.Version);
        if (result.Outcome is not DecisionOutcome.Done && decision.Words is { Length: > 0 } words)
            state.Withdraw(new(now.Comment.Id, QueuePanel.Refusal, words, null), state.Message);
        state.SetDecidedTogether([]);
        await state.ReloadAsync(() => state.Slice.Rows is { Count: > 0 } rows ? rows[Math.Min(index, rows.Count - 1)].Id : now.Comment.Id);
    }

    /// <summary>Marks the selected words to be taken out, beside what the rules suggest.</summary>
    /// <param name="selection">Start and length; null when no words are selected.</param>
    internal void RedactNow(CommentReview now, int[]? selection)
    {
        if (state.Panel is not QueuePanel.Redaction)
            state.Forms.Redaction.Begin(now);
        state.Forms.Redaction.Add(selection, now.DisplayText);
        state.Show(QueuePanel.Redaction);
        var count = state.Forms.Redaction.Redactions.Count;
        state.SetMessage(
            state.Forms.Redaction.Message,
            isTrue: () => state.Panel is QueuePanel.Redaction && state.Forms.Redaction.Redactions.Count == count);
    }

    internal void ShowNow(QueuePanel panel)
    {
        if (state.Panel.Bars(panel))
            state.TellUnsavedForm();
        else
            state.Show(panel);
    }

    internal async Task UndoNowAsync(IReadOnlyList<UndoableDecision> some)
    {
        if (some.Count is 0)
        {
            state.SetMessage("There is nothing to undo: a decision can be taken back for 10 minutes.");
            return;
        }

        var outcomes = new List<DecisionOutcome>();
        foreach (var one in some)
            outcomes.Add((await undo.UndoAsync(one.Id, Decider)).Outcome);
        state.TellDecision(DecisionMessages.Undone(outcomes, some[0].Author));
        state.SetDecidedTogether([]);
        await state.ReloadAsync(() => some[0].CommentId);
    }

    private async Task MarkAsSpamAsync(List<CommentVersion> seen)
    {
        var made = new HashSet<long>();
        state.SetMessage($"Marking {seen.Count} as spam…");
        var done = await MarkAsSpamAsync(seen, made);
        state.TellDecision(done, isTrouble: made.Count < seen.Count && state.Ticked.Count > 0);
        state.SetDecidedTogether(made);
        await state.ReloadAsync(() => state.Slice.Rows is [var first, ..] ? first.Id : null);
    }

    /// <param name="made">Gets the decisions that were made.</param>
    /// <returns>The message about them.</returns>
    private async Task<string> MarkAsSpamAsync(List<CommentVersion> seen, HashSet<long> made)
    {
        try
        {
            foreach (var one in seen)
            {
                var result = await decisions.DecideAsync(one.Id, one.Revision, Decision.SpamOfVersion, Decider);
                if (result.Outcome is DecisionOutcome.MayNoLonger)
                    return DecisionMessages.MayNoLonger(made.Count);
                if (result.DecisionId is { } id)
                    made.Add(id);
                state.Selection.SetTicked(one, false);
            }
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed) && made.Count > 0)
        {
            return $"{made.Count} of {seen.Count} marked as spam; the others are not saved. They are still chosen: try again.";
        }

        return $"{made.Count} of {seen.Count} marked as spam.";
    }

    private Task RunAsync(CommentVersion version, Action<CommentReview> act) => state.RunOnAsync(version, now =>
    {
        act(now);
        return Task.CompletedTask;
    });
}
