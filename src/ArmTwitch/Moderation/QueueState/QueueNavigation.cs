using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>How a moderator gets from one list, page or comment to another.</summary>
public sealed class QueueNavigation(ModerationQueueState state, QueueTicks ticks)
{
    /// <summary>
    /// Lists something else. What is open stays so only if it is on the list: nothing acts on what the list does not show.
    /// </summary>
    /// <param name="moveFocus">Whether the focus goes on to the comment; it stays where the moderator chose otherwise.</param>
    /// <param name="leavesList">As of <see cref="ModerationQueueState.OpenAsync"/>.</param>
    public Task ApplyFilterAsync(QueueFilter filter, bool moveFocus = false, bool leavesList = true) =>
        state.Gate.WaitAsync(() => ListAsync(filter, moveFocus, leavesList));

    /// <summary>Searches, goes on to the first comment that is found, and tells a screen reader how many there are.</summary>
    public Task SearchAsync(QueueFilter filter) => state.Gate.WaitAsync(async () =>
    {
        state.SetMessage("");
        await ListAsync(filter, moveFocus: true);
        if (state.Filter.Words is null)
            return;
        var (total, inAll) = (state.Slice.Total, state.Selection.View.InAllTabs);
        state.SayAlso(
            $"{(total is 0 ? "Nothing" : QueueCounts.Format(total))} found{(inAll is { } all ? $" in this tab, {QueueCounts.Format(all)} in all tabs" : "")}.",
            isTrue: () => state.Filter == filter && state.Slice.Total == total);
    });

    /// <summary>Lists the comments that may be a crisis, and opens the first of which the alarm tells, or else the first of all.</summary>
    public Task ShowCrisesAsync() => state.Gate.WaitAsync(ShowCrisesNowAsync);

    /// <inheritdoc cref="ShowCrisesAsync"/>
    /// <remarks>For a key, which runs alone already.</remarks>
    internal async Task ShowCrisesNowAsync()
    {
        await state.Selection.LoadAsync(new QueueFilter(QueueTab.Crisis), []);
        if (state.Alarm.Next is { } arrived)
            await QueueLink.OpenAsync(state, arrived);
        else if (state.Slice.Rows is [var first, ..] && first.Id != state.Open?.Comment.Id)
            await state.OpenAsync(first.Id);
        else
            await state.OpenOneOfListAsync(moveFocus: true);
    }

    /// <summary>Goes on to the next tab, or with -1 to the one before; from the last to the first.</summary>
    internal async Task StepTabAsync(int by)
    {
        var tabs = QueueTabs.Shown(state.Counts, state.Filter.Tab);
        var tab = tabs[(tabs.ToList().IndexOf(state.Filter.Tab) + by + tabs.Count) % tabs.Count];
        state.SetMessage("");
        await ListAsync(new QueueFilter(tab, Words: state.Filter.Words), moveFocus: true);
        var (listed, total) = (state.Filter, state.Slice.Total);
        state.AppendMessage(
            $"{tab.Label()}: {QueueCounts.Format(total)}{(listed.Words is null ? "" : " found")}.",
            isTrue: () => state.Filter == listed && state.Slice.Total == total);
    }

    public Task ChangePageAsync(int by) => state.Gate.WaitAsync(async () =>
    {
        if (await state.Selection.TurnAsync(by))
            await state.OpenOneOfListAsync(moveFocus: false);
        state.Focus(ModerationQueueState.ListHeading);
    });

    /// <summary>Shows what an address says, of a link or of Back.</summary>
    public Task GoToAsync(QueueAddress address) => state.Gate.WaitAsync(async () =>
    {
        if (address.Filter != state.Filter)
            await state.Selection.LoadAsync(address.Filter, []);
        if (address.Comment is { } id)
        {
            await QueueLink.OpenAsync(state, id);
            return;
        }

        await state.OpenOneOfListAsync(moveFocus: false);
        state.GoToList();
    });

    /// <summary>Whether nothing is behind the open comment, or with -1 before it.</summary>
    internal bool IsAtEnd(int by) => by > 0
        ? state.Selection.OpenIndex == state.Slice.Rows.Count - 1 && state.Slice.Next is null
        : state.Selection.OpenIndex <= 0 && state.Page is 0;

    /// <summary>Opens the comment beside the open one in the list, on the next page too.</summary>
    /// <param name="leavesList">As of <see cref="ModerationQueueState.OpenAsync"/>.</param>
    /// <returns>False at the ends of the list.</returns>
    internal async Task<bool> StepAsync(int by, bool leavesList = true)
    {
        var index = state.Selection.OpenIndex + by;
        if (index < 0 || index >= state.Slice.Rows.Count)
        {
            if (!await state.Selection.TurnAsync(by))
                return false;
            index = by > 0 ? 0 : state.Slice.Rows.Count - 1;
        }

        await state.OpenAsync(state.Slice.Rows[index].Id, leavesList: leavesList);
        return true;
    }

    /// <summary>Goes on to the next comment and chooses both, or takes back the choice of the one that is left.</summary>
    /// <inheritdoc cref="StepAsync"/>
    internal async Task<bool> ExtendAsync(int by, bool leavesList)
    {
        var left = OpenRow;
        if (!await StepAsync(by, leavesList))
            return false;
        if (OpenRow is { } reached && state.Ticked.Contains(reached.Version) && left is not null)
            state.Selection.SetTicked(left.Version, false);
        else
            foreach (var row in new[] { left, OpenRow }.OfType<QueueRow>().Where(row => row.IsWaiting))
                state.Selection.SetTicked(row.Version, true);
        ticks.Tell();
        return true;
    }

    /// <summary>Chooses a comment of the list, or takes the choice back.</summary>
    internal void ToggleTicked(Guid? id)
    {
        if (state.Slice.Rows.FirstOrDefault(row => row.Id == id) is not { IsWaiting: true } row)
            return;
        ticks.Toggle(row.Version);
        ticks.Tell();
    }

    private async Task ListAsync(QueueFilter filter, bool moveFocus, bool leavesList = true)
    {
        await state.Selection.LoadAsync(filter, []);
        await state.OpenOneOfListAsync(moveFocus, leavesList);
    }

    private QueueRow? OpenRow => state.Slice.Rows.FirstOrDefault(row => row.Id == state.Open?.Comment.Id);
}
