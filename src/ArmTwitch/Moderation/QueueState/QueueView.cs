using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>What the page of the queue shows beside the open comment, as it was read at one moment.</summary>
/// <param name="Page">Counted from 0.</param>
internal sealed record QueueView(
    QueueFilter Filter, int Page, QueueCounts Counts, QueueSlice Slice, QueueFilterChoices Choices,
    IReadOnlyList<UndoableDecision> Undoable)
{
    public static readonly QueueView Empty = new(QueueFilter.Everything, 0, new(0, 0, 0, null), new([], 0), QueueFilterChoices.None, []);

    public static async Task<QueueView> ReadAsync(
        ModerationQueueService queue, DecisionUndoService undo, Decider decider, QueueFilter filter, int page)
    {
        var counts = await queue.CountAsync();
        var slice = await queue.ListAsync(filter, page);
        var choices = await queue.ListChoicesAsync();
        return new(filter, page, counts, slice, choices, await undo.ListAsync(decider));
    }
}
