using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Moderation.CommentCase;

/// <summary>Takes an answer of an editor off the page where it stands, and leaves the comment open that it answers.</summary>
internal static class AnswerTakedown
{
    /// <param name="open">The comment as it was on the screen.</param>
    public static Task TakeDownAsync(
        this ModerationQueueState state, DecisionService decisions, CommentVersion open, Comment answer) =>
        state.RunOnAsync(open, async _ =>
        {
            var result = await decisions.DecideAsync(answer.Id, answer.Revision, Decision.Remove, Decider.Of(state.Me));
            if (result is { Outcome: DecisionOutcome.Done, DecisionId: { } made })
                state.TellDecisions($"Taken off the page: the answer by {answer.Author}.", [made]);
            else
                state.TellDecisions(result.Sentence(DecisionKind.Remove, answer.Author, state.Me.Name), []);
            await state.ReloadAsync(() => state.Selection.ShowAgainAsync(open));
            state.FocusContent();
        });
}
