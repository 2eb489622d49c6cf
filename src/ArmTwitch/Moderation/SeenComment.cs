namespace ArmTwitch.Moderation;

/// <summary>The comment, and the version of it, that stood on the screen when a moderator acted. An act on anything else is refused.</summary>
public sealed record SeenComment(Guid Id, int Revision);

/// <summary>What stood on the screen when a key was pressed; the browser reads it from the page.</summary>
/// <param name="Comment">The open comment; null when none was open.</param>
/// <param name="Undo">The decision that the screen offered to take back; null when there was none.</param>
public sealed record SeenScreen(Guid? Comment, int Revision, long? Undo);
