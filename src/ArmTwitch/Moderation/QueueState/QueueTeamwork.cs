using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Teamwork;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What moderators do for each other in the queue: note something about a comment, and pass one on.</summary>
public sealed class QueueTeamwork(ModerationQueueState state, CommentNoteService notes, EscalationService escalations)
{
    private Decider Decider => Decider.Of(state.Me);

    /// <param name="note">The id, made with the form, and the words.</param>
    public Task AddNoteAsync(CommentVersion version, (Guid Id, string Text) note) => state.RunOnAsync(version, async _ =>
    {
        var outcome = await notes.AddAsync(version.Id, note, Decider);
        state.TellNotDone(outcome.Noted());
        if (outcome is not (DecisionOutcome.Done or DecisionOutcome.AlreadyDecided))
            return;
        state.NotUndoable = "A note is not taken back by u.";
        state.CancelForm();
        await state.Selection.ShowAgainAsync(version);
    });

    public Task DeleteNoteAsync(CommentVersion version, CommentNote note) => state.RunOnAsync(version, async _ =>
    {
        var outcome = await notes.DeleteAsync(version.Id, note.Id, Decider);
        state.SetMessage(
            outcome is DecisionOutcome.Done ? "Your note is deleted."
            : outcome is DecisionOutcome.MayNoLonger ? DecisionMessages.MayNoLonger()
            : "It was not deleted: it is no longer there, or somebody else wrote it.");
        state.NotUndoable = "A deleted note is not taken back by u.";
        await state.Selection.ShowAgainAsync(version);
        state.FocusContent();
    });

    /// <summary>Passes the comment on, with a note if there are words, and goes on to the next one.</summary>
    public Task PassOnAsync(CommentVersion version, Colleague colleague, (Guid Id, string Text) note) => state.RunOnAsync(version, async now =>
    {
        var index = Math.Max(0, state.Selection.OpenIndex);
        var words = string.IsNullOrWhiteSpace(note.Text) ? ((Guid, string)?)null : note;
        var result = await escalations.PassOnAsync(version.Id, colleague.Id, words, Decider);
        var sentence = result.Outcome.PassedOn(now.Comment.Author, colleague.Name);
        if (result.DecisionId is not { } made)
        {
            state.TellDecisions(sentence, []);
            return;
        }

        state.TellDecisions(sentence, [made]);
        state.CancelForm();
        await state.ReloadAsync(() => state.Slice.Rows is { Count: > 0 } rows
            ? state.OpenAsync(rows[Math.Min(index + 1, rows.Count - 1)].Id) : Task.CompletedTask);
    });
}
