using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.CommentCase;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What a moderator does in the queue: decide, take words out, answer, undo.</summary>
/// <remarks>
/// An action carries what was on the screen when it was done, and is refused if that is no longer open: the second press of a key must
/// not decide on the comment that moves up after the first. One action runs at a time (<see cref="SingleActionGate"/>).
/// </remarks>
public sealed class QueueActions(
    ModerationQueueState state, DecisionService decisions, DecisionUndoService undo, EditorReplyService replies, TimeProvider clock)
{
    private Decider Decider => Decider.Of(state.Me);

    /// <summary>Decides, unless a form is open that the decision does not come from: what is prepared there would be lost.</summary>
    public Task DecideAsync(CommentVersion version, Decision decision) => state.RunOnAsync(version, now =>
    {
        if (state.Panel is QueuePanel.None || state.Panel == QueuePanels.FormOf(decision.Kind))
            return state.UnlessOvertakenAsync(() => DecideAsync(now, decision));
        state.TellUnsavedForm();
        return Task.CompletedTask;
    });

    /// <summary>Publishes a comment although something speaks against it, which the button has named.</summary>
    public Task ConfirmAsync(CommentVersion version, DecisionRisk named) =>
        state.RunOnAsync(version, now => state.Forms.Confirmed(named) is { } decision ? DecideAsync(now, decision) : state.RejectStaleActionAsync());

    /// <param name="replyId">Made with the form: however often it is sent, one answer is published.</param>
    public Task ReplyAsync(CommentVersion version, Guid replyId, string text) => state.RunOnAsync(version, async now =>
    {
        var reply = (replyId, CommentTextCleaner.Clean(text));
        var outcome = (await replies.ReplyAsync(version, now.Comment.ShownText, reply, Decider)).Outcome;
        state.TellNotDone(outcome.Answered());
        if (outcome is DecisionOutcome.Done or DecisionOutcome.AlreadyDecided)
        {
            state.NotUndoable = "An answer is not taken back by u.";
            state.CancelForm();
            await state.ReloadAsync(() => state.Selection.ShowAgainAsync(version));
        }

        // The focus stays with the comment, which has to be read first.
        if (outcome is DecisionOutcome.TextChanged && await state.ReloadAsync(() => state.OpenAsync(version.Id)))
            state.Forms.Return(new(version.Id, QueuePanel.Reply, text, replyId));
    });

    /// <summary>Undoes decisions that the screen named.</summary>
    public Task UndoAsync(IReadOnlyList<UndoableDecision> some) => state.Gate.TryAsync(() => UndoNowAsync(some));

    /// <inheritdoc cref="RedactNow"/>
    public Task RedactAsync(CommentVersion version, int[]? selection) => RunAsync(version, now => RedactNow(now, selection));

    /// <summary>Opens a form below the comment.</summary>
    public Task ShowAsync(CommentVersion version, QueuePanel panel) => RunAsync(
        version, _ => ShowNow(panel), isOffered: panel is not QueuePanel.Note);

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
        {
            state.Selection.SetTicked(now.Version, false);
            state.TellDecisions(
                state.Ticked.Count is 0 ? sentence : $"{sentence} Only this one; {Plural.Of(state.Ticked.Count, "other")} still chosen.",
                [result.DecisionId!.Value]);
        }
        else
        {
            state.TellNotDone(
                sentence, isTrue: result.Outcome is DecisionOutcome.NeedsConfirmation ? () => state.Panel is QueuePanel.Risk : null);
        }

        switch (result.Outcome)
        {
            case DecisionOutcome.NeedsConfirmation:
                state.Forms.Ask(decision, result.Risk);
                state.Focus(ModerationQueueState.FormHeading);
                return;
            case DecisionOutcome.NotAllowed or DecisionOutcome.MayNoLonger:
                return;
            case DecisionOutcome.TextChanged:
                await state.ReloadAsync(() => state.OpenAsync(now.Comment.Id));
                return;
        }

        state.Forms.Settle(now.Version);
        if (result.Outcome is not DecisionOutcome.Done && decision.Words is { Length: > 0 } words)
            state.Withdraw(new(now.Comment.Id, QueuePanel.Refusal, words, null), state.Message);
        await state.ReloadAsync(() => GoOnAsync(now, index, isDone: result.Outcome is DecisionOutcome.Done));
    }

    /// <summary>Opens the comment that has moved up, if there is one.</summary>
    private Task GoOnAsync(CommentReview decided, int index, bool isDone)
    {
        var next = state.Slice.Rows is { Count: > 0 } rows ? rows[Math.Min(index, rows.Count - 1)].Id : decided.Comment.Id;
        if (isDone || next != decided.Comment.Id)
            return state.OpenAsync(next);
        // Somebody else has decided: the buttons stay as they were pressed.
        state.Close();
        return state.Selection.ShowAgainAsync(decided.Version);
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
        state.Say(
            state.Forms.Redaction.Message,
            () => state.Panel is QueuePanel.Redaction && state.Forms.Redaction.Redactions.Count == count);
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

        var (outcomes, rest, at) = (new List<DecisionOutcome>(), "", clock.GetUtcNow());
        try
        {
            await ForEachAsync(some, $"Taking back {some.Count}…", async one =>
            {
                outcomes.Add((await undo.UndoAsync(one.Id, Decider, at)).Outcome);
                return true;
            });
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed) && outcomes.Count > 0)
        {
            rest = $" The other {some.Count - outcomes.Count} could not be taken back now: try again.";
        }

        foreach (var one in some)
            state.Alarm.Expect(one.CommentId);
        // No button beside it: it would take back another decision.
        state.TellUndone($"{DecisionMessages.Undone(outcomes, some[0].Author)}{rest}", isTrouble: rest.Length > 0);
        await state.ReloadAsync(() => some is [var one] ? ShowUndoneAsync(one.CommentId, outcomes[0]) : ShowListAsync());
    }

    private async Task MarkAsSpamAsync(List<CommentVersion> seen)
    {
        var made = new List<long>();
        var crises = new List<(CommentVersion Version, DecisionRisk? Risk)>();
        var left = new List<DecisionResult>();
        var mayNoLonger = false;
        var spam = Decision.SpamTogether(clock.GetUtcNow());
        var done = await MarkAllAsync();
        var isTrouble = made.Count < seen.Count && state.Ticked.Count > 0;
        state.TellDecisions($"{done}{DecisionMessages.LeftForACrisis(crises.Count)}", made, isTrouble);
        await state.ReloadAsync(() => crises is [var (first, risk), ..] ? AskAsync(first, risk) : ShowListAsync());

        // Opened, it shows the plan for a crisis; what is marked then is this one alone.
        async Task AskAsync(CommentVersion version, DecisionRisk? risk)
        {
            await state.OpenAsync(version.Id);
            if (state.Open?.Version != version)
                return;
            state.Forms.Ask(Decision.Spam, risk);
            state.Focus(ModerationQueueState.FormHeading);
        }

        async Task<string> MarkAllAsync()
        {
            try
            {
                await ForEachAsync(seen, $"Marking {seen.Count} as spam…", async one =>
                {
                    var result = await decisions.DecideAsync(one.Id, one.Revision, spam, Decider);
                    mayNoLonger = result.Outcome is DecisionOutcome.MayNoLonger;
                    if (mayNoLonger)
                        return false;
                    if (result is { Outcome: DecisionOutcome.Done, DecisionId: { } id })
                        made.Add(id);
                    else if (result.Outcome is DecisionOutcome.NeedsConfirmation)
                        crises.Add((one, result.Risk));
                    else
                        left.Add(result);
                    state.Selection.SetTicked(one, false);
                    return true;
                });
            }
            catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed) && made.Count > 0)
            {
                return $"{made.Count} of {seen.Count} marked as spam; the others are not saved. They are still chosen: try again.";
            }

            return mayNoLonger
                ? DecisionMessages.MayNoLonger(made.Count)
                : DecisionMessages.MarkedAsSpam(made.Count, seen.Count, left, state.Me.Name);
        }
    }

    /// <summary>Does something with one comment after the other. With more than one, the screen says so meanwhile.</summary>
    /// <param name="act">Returns whether to go on.</param>
    private async Task ForEachAsync<T>(IReadOnlyList<T> some, string message, Func<T, Task<bool>> act)
    {
        state.IsWorking = some.Count > 1;
        if (state.IsWorking)
            state.SetMessage(message);
        try
        {
            foreach (var one in some)
            {
                if (!await act(one))
                    return;
            }
        }
        finally
        {
            state.IsWorking = false;
        }
    }

    /// <summary>Opens a comment that waits again, if the list has it; nothing is open that the list does not show.</summary>
    private async Task ShowUndoneAsync(Guid id, DecisionOutcome outcome)
    {
        if (await state.Selection.FindAsync(id) is { } undone && await state.Selection.ListAroundAsync(undone))
        {
            await state.OpenAsync(id, leavesList: false);
            return;
        }

        if (outcome is DecisionOutcome.Done)
            state.AppendMessage("It is not in this list.");
        await state.OpenOneOfListAsync(moveFocus: false);
        state.FocusContent();
    }

    /// <summary>Goes on with the list after several were decided on or undone.</summary>
    private async Task ShowListAsync()
    {
        await state.OpenOneOfListAsync(moveFocus: false);
        if (state.Open is { } now)
            await state.Selection.ShowAgainAsync(now.Version);
        // What was undone was undone here.
        state.Selection.OfferAnew();
        state.Focus(ModerationQueueState.ListHeading);
    }

    /// <param name="isOffered">Whether it depends on how the comment stands if it can be done.</param>
    private Task RunAsync(CommentVersion version, Action<CommentReview> act, bool isOffered = true) => state.RunOnAsync(version, now =>
    {
        return isOffered ? state.UnlessOvertakenAsync(ActAsync) : ActAsync();

        Task ActAsync()
        {
            act(now);
            return Task.CompletedTask;
        }
    });
}
