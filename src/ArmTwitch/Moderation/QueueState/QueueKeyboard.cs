using ArmTwitch.Moderation.CommentCase;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What each key does in the queue.</summary>
public sealed class QueueKeyboard(ModerationQueueState state, QueueActions actions, QueueNavigation navigation, QueueTicks ticks)
{
    /// <summary>Handles a key that was pressed anywhere but in a field.</summary>
    /// <param name="seen">What was on the screen then.</param>
    /// <param name="selection">Start and length of the words that are selected in the comment; null when none are.</param>
    public Task HandleKeyAsync(string key, ScreenState seen, int[]? selection) =>
        state.Gate.TryAsync(() => RunAsync(key, seen, selection), isTold: key is "a" or "r" or "x" or "s" or "e" or "n" or "p" or "u");

    private async Task RunAsync(string key, ScreenState seen, int[]? selection)
    {
        switch (key)
        {
            case "?":
                state.ToggleHelp();
                break;
            case "Escape":
                state.StepBack();
                break;
            case not null when !state.ShortcutsEnabled:
                break;
            case "j" or "k":
                await MoveAsync(key is "j" ? 1 : -1, seen);
                break;
            case "ArrowDown" or "ArrowUp":
                await MoveAsync(key is "ArrowDown" ? 1 : -1, seen, leavesList: !seen.IsCaseHidden);
                StayInList(seen);
                break;
            case "Shift+ArrowDown" or "Shift+ArrowUp":
                await TellEndAsync(key is "Shift+ArrowDown" ? 1 : -1, way => navigation.ExtendAsync(way, leavesList: !seen.IsCaseHidden));
                StayInList(seen);
                break;
            case "t" or "T":
                await navigation.StepTabAsync(key is "t" ? 1 : -1);
                break;
            case "/":
                state.GoToList();
                state.Focus(ModerationQueueState.SearchField);
                break;
            case "c":
                await navigation.ShowCrisesNowAsync();
                break;
            case "*":
                await ticks.ToggleAllNowAsync();
                break;
            case " ":
                navigation.ToggleTicked(seen.Row ?? seen.Comment);
                break;
            case "u" when seen.Undo != state.OfferedUndo:
            case "a" or "r" or "x" or "s" or "e" or "n" or "p" when !IsOpen(seen):
                state.RejectStaleAction();
                break;
            case "s" when state.Ticked.Count > 0 && state.Panel is QueuePanel.None:
                ticks.Ask();
                break;
            case "u" when state is { NotUndoable: { } why, NextUndoable: { Count: > 0 } next }:
                state.SetMessage($"{why} Your last decision ({next.UndoOffer()}) can be taken back under “Your last decisions”.");
                break;
            case "u":
                await actions.UndoNowAsync(state.NextUndoable);
                break;
            case not null when state.Open is not null && seen.IsCaseHidden:
                state.GoToCase();
                state.TellUnread();
                break;
            case not null when state.Open is { } open && seen.Row is { } row && row != open.Comment.Id:
                state.TellOtherRow();
                break;
            case "a" or "r" or "x" or "s" or "e" or "p" when state.Open is { } now:
                await state.UnlessOvertakenAsync(() => RunAsync(key, now, selection));
                break;
            case not null when state.Open is { } now:
                await RunAsync(key, now, selection);
                break;
        }
    }

    private async Task RunAsync(string key, CommentReview now, int[]? selection)
    {
        switch (key)
        {
            case "a" or "s" or "e" when state.Panel is not QueuePanel.None:
                state.TellUnsavedForm();
                break;
            case "e" when state.MayReply:
                actions.ShowNow(QueuePanel.Reply);
                break;
            case "e":
                state.TellWhyNoReply();
                break;
            case "n":
                actions.ShowNow(QueuePanel.Note);
                break;
            case "a" or "r" or "x" or "s" or "p" when !now.Comment.IsWaiting:
                state.TellDecided(now);
                break;
            case "a" or "r" or "x" or "s" when !now.MayBeDecidedBy(state.Me.Id):
                state.TellOwnRefusal();
                break;
            case "a":
                await actions.DecideAsync(now, Decision.Approve);
                break;
            case "r":
                actions.RedactNow(now, selection);
                break;
            case "x":
                actions.ShowNow(QueuePanel.Refusal);
                break;
            case "p":
                actions.ShowNow(QueuePanel.PassOn);
                break;
            case "s":
                await actions.DecideAsync(now, Decision.Spam);
                break;
        }
    }

    private bool IsOpen(ScreenState seen) => state.Open is { } now
        ? (seen.Comment, seen.Revision) == (now.Comment.Id, now.Comment.Revision)
        : seen.Comment is null;

    /// <summary>Whoever goes through the list by its rows stays in it.</summary>
    private void StayInList(ScreenState seen)
    {
        if ((seen.Row is not null || seen.IsCaseHidden) && state.Open is { } reached)
            state.Focus(QueueList.RowId(reached.Comment.Id));
    }

    private Task MoveAsync(int by, ScreenState seen, bool leavesList = true) => TellEndAsync(by, async way =>
    {
        state.SetMessage("");
        // Behind the list, where nobody has opened it, stands the first one: it is the next.
        if (by > 0 && seen.IsCaseHidden && (leavesList || seen.Row is null) && state is { IsChosen: false, Open: not null })
        {
            if (leavesList)
                state.GoToCase();
            return true;
        }

        return await navigation.StepAsync(way, leavesList);
    });

    private async Task TellEndAsync(int by, Func<int, Task<bool>> move)
    {
        if (await move(by))
            return;
        var open = state.Open?.Version;
        state.SetMessage(
            by > 0 ? "That was the last one." : "That was the first one.", isTrue: () => state.Open?.Version == open && navigation.IsAtEnd(by));
    }
}
