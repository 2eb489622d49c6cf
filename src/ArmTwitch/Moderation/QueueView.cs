namespace ArmTwitch.Moderation;

/// <summary>What the screen of the queue shows beside the open comment, as it was read at one moment.</summary>
/// <param name="Page">Counted from 0.</param>
internal sealed record QueueView(
    QueueFilter Filter, int Page, QueueCounts Counts, QueueSlice Slice, QueueChoices Choices, IReadOnlyList<UndoableDecision> Undoable)
{
    public static readonly QueueView Empty = new(QueueFilter.Everything, 0, new(0, 0, 0, null), new([], 0), QueueChoices.None, []);

    public static async Task<QueueView> ReadAsync(WaitingComments waiting, Decisions decisions, Decider decider, QueueFilter filter, int page)
    {
        var counts = await waiting.CountAsync();
        var slice = await waiting.ListAsync(filter, page);
        var choices = await waiting.ListChoicesAsync();
        return new(filter, page, counts, slice, choices, await decisions.ListUndoableAsync(decider));
    }
}
