using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What the page of the queue shows beside the open comment, as it was read at one moment.</summary>
/// <param name="Starts">Where this page of the list and those before it begin, but for the first.</param>
/// <param name="Crises">Those that wait, whatever the list shows.</param>
/// <param name="Gone">What was ticked, and is not in the list as it was then.</param>
internal sealed record QueueView(
    QueueFilter Filter, IReadOnlyList<QueueCursor> Starts, QueueCounts Counts, IReadOnlyList<WaitingCrisis> Crises, QueueSlice Slice,
    IReadOnlyList<UndoableDecision> Undoable, IReadOnlyCollection<CommentVersion> Gone)
{
    /// <summary>
    /// How many a search of one tab found in all tabs when it began, or when the moderator last did something, counted up to
    /// <see cref="QueueCounts.Most"/>; null without one.
    /// </summary>
    public int? InAllTabs { get; init; }

    /// <summary>What was passed on to the moderator last, when more was than before; null otherwise.</summary>
    public NewestForMe? NewForMe { get; init; }

    public static readonly QueueView Empty = new(QueueFilter.Everything, [], new(0, 0, 0, null), [], new([], 0), [], []);

    /// <summary>Reads a page of the list; or, when everything on it is gone by now, the one before.</summary>
    /// <param name="before">What the page shows now, whose count of a search is kept; null to count anew.</param>
    /// <param name="ticked">The comments that are ticked, on this page or another.</param>
    public static async Task<QueueView> ReadAsync(
        ModerationQueueService queue, DecisionUndoService undo, Decider decider, QueueView? before, QueueFilter filter,
        IReadOnlyList<QueueCursor> starts, IReadOnlyList<CommentVersion> ticked)
    {
        var counts = await queue.CountAsync(decider.Id);
        var crises = counts.Crisis is 0 ? [] : await queue.ListCrisesAsync();
        var slice = await queue.ListAsync(filter, starts is [.., var last] ? last : null, decider.Id);
        while (slice.Rows.Count is 0 && starts.Count > 0)
        {
            starts = [.. starts.SkipLast(1)];
            slice = await queue.ListAsync(filter, starts is [.., var start] ? start : null, decider.Id);
        }

        var gone = await queue.FindGoneAsync(filter, ticked, decider.Id);
        return new(filter, starts, counts, crises, slice, await undo.ListAsync(decider), gone)
        {
            NewForMe = decider.Id is { } me && counts.ForMe > before?.Counts.ForMe ? await queue.FindNewestForMeAsync(me) : null,
            InAllTabs = filter == before?.Filter ? before.InAllTabs : await queue.CountInAllTabsAsync(filter),
        };
    }
}
