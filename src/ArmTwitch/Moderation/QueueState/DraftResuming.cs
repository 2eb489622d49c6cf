using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What becomes of words that a moderator was writing when the page was lost, or that come too late.</summary>
internal static class DraftResuming
{
    /// <summary>
    /// Opens the form that the moderator was writing in, if its comment is open: the next keys would otherwise go into a sentence about a
    /// comment that nobody asked for. Says that the words are kept, if another one is open; shows them, if they can no longer be sent.
    /// </summary>
    public static async Task BringBackAsync(this ModerationQueueState state, BrowserDraft draft)
    {
        var isOpen = state.Open?.Comment.Id == draft.Comment;
        var about = isOpen ? state.Open : await state.Selection.FindAsync(draft.Comment);
        if (about is null || !draft.Panel.Fits(about, state.CanReplyTo(about)))
        {
            state.Withdraw(draft, draft.Panel.Overtaken(about));
            return;
        }

        if (!isOpen)
        {
            state.Forms.Keep(draft, about.Comment.Author);
            return;
        }

        state.Show(draft.Panel);
        state.SetMessage("What you were writing is back.");
    }

    /// <summary>Brings back words that were typed for a form which did not open, or was left before it had them.</summary>
    /// <param name="draft">What the moderator typed last; null when nothing is kept.</param>
    public static Task ResumeAsync(this ModerationQueueState state, BrowserDraft? draft) => state.Gate.WaitAsync(
        () => draft is null || state.Panel is not QueuePanel.None ? Task.CompletedTask : state.BringBackAsync(draft));

    /// <summary>Opens the comment about which words are kept, and goes on with them.</summary>
    public static Task GoOnAsync(this ModerationQueueState state, KeptWords kept) => state.Gate.WaitAsync(async () =>
    {
        await QueueLink.OpenAsync(state, kept.Draft.Comment);
        state.Forms.DropKept();
        await state.BringBackAsync(kept.Draft);
    });

    /// <summary>Shows words that can no longer be sent above the list.</summary>
    public static void Withdraw(this ModerationQueueState state, BrowserDraft draft, string why)
    {
        state.Forms.Withdraw(draft, why);
        state.SetMessage(
            $"{why} What you wrote was not sent; it stands above the list to be copied.", isTrue: () => state.Forms.Unsent.Count > 0);
    }

    /// <summary>Folds words that can no longer be sent into one line, or shows them again. They are kept either way.</summary>
    public static void ToggleUnsent(this ModerationQueueState state)
    {
        state.Forms.ShowsUnsent = !state.Forms.ShowsUnsent;
        if (state.Forms.ShowsUnsent)
            state.Focus(ModerationQueueState.UnsentWords);
        else
            state.FocusContent();
    }
}
