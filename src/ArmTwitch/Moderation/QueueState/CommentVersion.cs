namespace ArmTwitch.Moderation.QueueState;

/// <summary>
/// The comment, and the version of it, that stood on the screen when a moderator acted. An act on anything else is refused.
/// </summary>
public sealed record CommentVersion(Guid Id, int Revision);

/// <summary>What stood on the screen when a key was pressed; the browser reads it from the page.</summary>
/// <param name="Comment">The open comment; null when none was open.</param>
/// <param name="Undo">The decision that the screen offered to take back; null when there was none.</param>
public sealed record ScreenState(Guid? Comment, int Revision, long? Undo);
