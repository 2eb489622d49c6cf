using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>
/// Opens the comment that an address of the queue leads to (of a mail, of a colleague, or of this page before it was reloaded), or one of
/// the list.
/// </summary>
internal static class QueueLink
{
    /// <summary>
    /// Opens it beside the part of the list in which it stands; beside everything that waits, if the list does not have it. Says plainly when
    /// it waits no longer, or does not exist.
    /// </summary>
    public static async Task OpenAsync(ModerationQueueState state, Guid id)
    {
        await state.OpenAsync(id);
        if (state.Open is not { Comment.Status: not CommentStatus.Erased } found)
        {
            await state.Selection.CloseAsync();
            state.IsLinkDead = true;
            return;
        }

        var isListed = await state.Selection.ListAroundAsync(found);
        if (!isListed && found.Comment.IsWaiting && state.Filter != QueueFilter.Everything)
        {
            await state.Selection.LoadAsync(QueueFilter.Everything, []);
            await state.Selection.ListAroundAsync(found);
        }
        else if (!isListed && !found.Comment.IsWaiting)
        {
            state.SetMessage($"{found.DecidedBefore()}{state.Undoable.MarkedTogetherWith(id)}");
        }
    }

    /// <summary>
    /// Leaves open what is open if the list shows it, and opens the first of the list otherwise: nothing acts on what the list does not
    /// show.
    /// </summary>
    /// <param name="moveFocus">Whether the focus goes on to the comment.</param>
    /// <param name="leavesList">As of <see cref="ModerationQueueState.OpenAsync"/>.</param>
    public static async Task OpenOneOfListAsync(this ModerationQueueState state, bool moveFocus, bool leavesList = true)
    {
        if (state.Selection.OpenIndex >= 0)
        {
            if (moveFocus && leavesList)
                state.GoToCase();
            else if (moveFocus)
                state.Focus(ModerationQueueState.CommentHeading);
            return;
        }

        if (state.Slice.Rows is [var first, ..])
        {
            await state.OpenAsync(first.Id, moveFocus, leavesList);
            return;
        }

        state.Forms.Close();
        await state.Selection.CloseAsync();
        if (moveFocus)
            state.GoToList();
    }
}
