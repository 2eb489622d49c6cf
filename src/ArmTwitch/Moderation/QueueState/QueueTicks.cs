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

    /// <summary>Asks whether the ticked comments are spam, below the list.</summary>
    public void Ask()
    {
        state.GoToList();
        state.Selection.Asked = [.. state.Ticked];
        state.Focus(ModerationQueueState.BulkQuestion);
    }

    /// <summary>Takes the question back; the comments stay ticked.</summary>
    public void Leave() => state.LeaveBulkQuestion();

    /// <summary>Ticks all of the list; or, when some are ticked, none.</summary>
    public Task ToggleAllAsync() => state.Gate.WaitAsync(ToggleAllNowAsync);

    /// <inheritdoc cref="ToggleAllAsync"/>
    /// <remarks>For a key, which runs alone already.</remarks>
    internal async Task ToggleAllNowAsync()
    {
        if (state.Ticked.Count is 0 && !state.Filter.CanChooseAll)
        {
            state.SetMessage("All can be chosen together in the tab “Advertising” alone, without a search or a filter.");
            return;
        }

        // The same comments, chosen anew, are asked about anew.
        state.Selection.Asked = [];
        if (state.Ticked.Count > 0)
            state.Selection.UntickAll();
        else
            await state.Selection.TickAllAsync();
        Tell();
    }

    internal void Tell()
    {
        var chosen = state.Ticked.Count;
        state.SetMessage(
            chosen switch
            {
                0 => "None is chosen.",
                _ => $"{chosen} chosen.",
            },
            isTrue: () => state.Ticked.Count == chosen && !state.AsksAboutTicked);
    }
}
