using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>A decision that can still be undone.</summary>
public sealed record UndoableDecision(long Id, Guid CommentId, string Author, DecisionKind Kind, DateTimeOffset At);
