using ArmTwitch.Moderation.QueueState;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>
/// Keeps the address of the page the same as what it shows. A move within the queue replaces the entry of the browser's history, so Back
/// leaves the queue. Where there is room for the list or the comment alone, a comment that is opened is an entry of its own, so Back closes
/// it. So is the list of related comments, from which Back leads to where it was asked for.
/// </summary>
internal sealed class QueueHistory(NavigationManager navigation, ModerationQueueState state)
{
    // The browser tells of every move, of these too.
    private readonly List<string> written = [];
    private string current = QueueAddress.Parse(navigation.Uri).ToString();
    private string? list;
    private bool showsCase = state.ShowsCase;

    /// <summary>Whether there is room for the list or the comment alone.</summary>
    public bool IsNarrow { get; set; }

    /// <param name="module">queue.js; null while it is not loaded.</param>
    public async Task WriteAsync(IJSObjectReference? module)
    {
        var (opens, closes) = (IsNarrow && state.ShowsCase && !showsCase, IsNarrow && !state.ShowsCase && showsCase);
        showsCase = state.ShowsCase;
        var address = (IsNarrow && !showsCase ? state.Address with { Comment = null } : state.Address).ToString();
        if (address == current)
            return;
        var goesAside = state.Filter.RelatedTo is not null && QueueAddress.Parse(current).Filter.RelatedTo is null;
        var goesBack = closes && address == list && module is not null;
        if (opens || closes)
            list = opens ? current : null;
        current = address;
        written.Add(address);
        if (goesBack)
            await module!.InvokeVoidAsync("back");
        else
            navigation.NavigateTo(address, new NavigationOptions { ReplaceHistoryEntry = !(opens || goesAside) });
    }

    /// <returns>What to show; null when the page shows it already, or another page is on its way.</returns>
    public QueueAddress? Read(string location)
    {
        if (navigation.ToBaseRelativePath(location).Split('?', '#')[0] != QueueAddress.Path[1..])
            return null;
        var (address, at) = (QueueAddress.Parse(location), written.IndexOf(QueueAddress.Parse(location).ToString()));
        if (at >= 0)
            written.RemoveRange(0, at + 1);
        if (at >= 0 || address.ToString() == current)
            return null;
        (current, list) = (address.ToString(), null);
        return address;
    }
}
