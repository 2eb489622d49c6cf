namespace ArmTwitch.Moderation.QueueState;

/// <summary>The comments that a moderator has ticked, to be marked as spam together.</summary>
public sealed class QueueTicks(ModerationQueueState state)
{
    public void Toggle(CommentVersion row)
    {
        if (state.Slice.Rows.Any(one => one.Version == row))
            state.Selection.SetTicked(row, !state.Ticked.Contains(row));
        else
            state.RejectStaleAction();
    }

    /// <summary>Asks whether the ticked comments are spam.</summary>
    public void Ask()
    {
        state.Selection.Asked = [.. state.Ticked];
        state.Focus(ModerationQueueState.BulkQuestion);
    }

    /// <summary>Takes the question back; the comments stay ticked.</summary>
    public void Leave()
    {
        state.Selection.Asked = [];
        state.Focus(ModerationQueueState.BulkButton);
    }

    internal void Tell() =>
        state.SetMessage(state.Ticked.Count is 0 ? "None is chosen." : $"{state.Ticked.Count} chosen. Press s to mark {(state.Ticked.Count is 1 ? "it" : "them")} as spam.");
}
