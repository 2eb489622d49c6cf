namespace ArmTwitch.Moderation.QueueState;

/// <summary>
/// The comment, and the version of it, that was on the screen when a moderator acted. An action on anything else is refused.
/// </summary>
public sealed record CommentVersion(Guid Id, int Revision);

/// <summary>What was on the screen when a key was pressed; queue.js reads it from the page.</summary>
/// <param name="Comment">The open comment; null when none was open.</param>
/// <param name="Undo">The decision that the page offered to undo; null when there was none.</param>
/// <param name="Row">The comment of the list whose row, or whose tick, had the focus; null when none had.</param>
/// <param name="IsCaseHidden">Whether the list alone was in view, so that nobody had the open comment before their eyes.</param>
public sealed record ScreenState(Guid? Comment, int Revision, long? Undo, Guid? Row = null, bool IsCaseHidden = false);
