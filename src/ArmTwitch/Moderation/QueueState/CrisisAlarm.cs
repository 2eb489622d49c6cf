using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>
/// Tells of comments that may be a crisis and have come since the queue was opened, until each was opened or decided on. What an edit or an
/// undo makes one has come too, however long it has waited.
/// </summary>
public sealed class CrisisAlarm
{
    private readonly List<WaitingCrisis> newcomers = [];
    private HashSet<Guid>? known;

    /// <summary>How many it tells of.</summary>
    public int Count => newcomers.Count;

    /// <summary>The one to open next; null when it tells of none.</summary>
    public Guid? Next => newcomers is [var first, ..] ? first.Id : null;

    /// <summary>What must not be missed; null when nothing is.</summary>
    public string? Words => newcomers switch
    {
        [] => null,
        [var only] => $"A comment by {only.Author} that may be a crisis has arrived.{(known!.Count > 1 ? $" {known.Count} wait now." : "")}",
        _ => $"{Count} comments that may be a crisis have arrived.{(known!.Count > Count ? $" {known.Count} wait now." : "")}",
    };

    /// <summary>Looks which are new.</summary>
    /// <param name="waiting">All that wait now. Those that wait when the queue is opened are not new.</param>
    internal void Compare(IReadOnlyList<WaitingCrisis> waiting)
    {
        var now = waiting.Select(one => one.Id).ToHashSet();
        newcomers.RemoveAll(one => !now.Contains(one.Id));
        newcomers.AddRange(waiting.Where(one => known?.Contains(one.Id) is false));
        known = now;
    }

    /// <summary>Makes a comment known, which this moderator has brought back.</summary>
    internal void Expect(Guid comment) => known?.Add(comment);

    /// <summary>Tells of a comment no more: it was opened.</summary>
    internal void Drop(Guid comment) => newcomers.RemoveAll(one => one.Id == comment);

    /// <summary>Tells of none any more: the moderator has put it off.</summary>
    internal void DropAll() => newcomers.Clear();
}
