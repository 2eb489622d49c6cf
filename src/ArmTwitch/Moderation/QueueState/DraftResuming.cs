using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.DecisionForms;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What becomes of words that a moderator was writing when the page was lost, or that come too late.</summary>
internal static class DraftResuming
{
    /// <summary>Opens the form that the moderator was writing in; or, if it can no longer be sent, shows what was written.</summary>
    public static void Resume(this ModerationQueueState state, BrowserDraft draft)
    {
        if (state.Open is { } now && draft.Panel.Fits(now, state.MayReply))
        {
            state.Show(draft.Panel);
            state.SetMessage("What you were writing is back.");
            return;
        }

        state.Withdraw(draft, draft.Panel.Overtaken(state.Open));
    }

    /// <summary>Shows words that can no longer be sent above the list.</summary>
    public static void Withdraw(this ModerationQueueState state, BrowserDraft draft, string why)
    {
        state.Forms.Withdraw(draft, why);
        state.SetMessage(
            $"{why} What you wrote was not sent; it stands above the list to be copied.", isTrue: () => state.Forms.Unsent.Count > 0);
    }
}
