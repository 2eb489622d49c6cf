using ArmTwitch.Comments;
using ArmTwitch.Moderation.QueueState;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.CommentCase;

/// <summary>
/// What others do with the open comment is told, and never exchanges the buttons below it: a press that is on its way would do something
/// else than what stood there, and something else than its reader has decided.
/// </summary>
internal static class OvertakenCase
{
    /// <summary>Shows the open comment as it is by now, but not another text; its buttons stay as they were drawn.</summary>
    /// <param name="fresh">Null when it is gone.</param>
    /// <param name="now">The comment as it is on the screen.</param>
    public static Task ShowMeanwhileAsync(this ModerationQueueState state, CommentReview? fresh, CommentReview now)
    {
        if (state.Panel is not QueuePanel.None)
            state.Forms.Overtaken = state.Forms.WhyOvertaken(fresh, now);
        else if (fresh is not { Comment.Status: not CommentStatus.Erased })
            return state.TellGoneAsync(now);
        else if (fresh.Version == now.Version)
            state.Selection.Show(fresh);
        else
            state.TellTextChanged();
        return Task.CompletedTask;
    }

    /// <summary>Shows the buttons for the open comment as it stands now.</summary>
    public static void OfferAnew(this ModerationQueueState state)
    {
        state.Selection.OfferAnew();
        state.FocusContent();
    }

    /// <summary>Does something that a button or a key offered, or refuses it when the comment stands otherwise by now.</summary>
    public static Task UnlessOvertakenAsync(this ModerationQueueState state, Func<Task> act)
    {
        if (state.Overtaken is not { } why || state.Panel is not QueuePanel.None)
            return act();
        state.TellNotTaken(why);
        return Task.CompletedTask;
    }

    private static Task TellGoneAsync(this ModerationQueueState state, CommentReview gone)
    {
        state.IsLinkDead = true;
        state.SetMessage($"The comment by {gone.Comment.Author} is no longer there.");
        return state.Selection.CloseAsync();
    }
}
