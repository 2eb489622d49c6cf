using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>A decision that can still be undone.</summary>
public sealed record UndoableDecision(long Id, Guid CommentId, string Author, DecisionKind Kind, DateTimeOffset At)
{
    /// <summary>The first words of the comment, by which one knows it from another of the same name; null for those far down the list.</summary>
    public string? Excerpt { get; init; }
}

internal static class UndoableDecisions
{
    /// <summary>
    /// Puts together what was marked as spam together, which one time tells (<see cref="Decision.SpamTogether"/>); every other decision
    /// stands alone.
    /// </summary>
    /// <param name="some">The newest first.</param>
    public static IEnumerable<IReadOnlyList<UndoableDecision>> Together(this IReadOnlyList<UndoableDecision> some) => some
        .GroupBy(one => (one.At, Alone: one.Kind is DecisionKind.Spam ? 0 : one.Id))
        .Select(group => (IReadOnlyList<UndoableDecision>)[.. group]);
}
