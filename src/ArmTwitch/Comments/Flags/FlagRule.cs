namespace ArmTwitch.Comments.Flags;

/// <summary>A rule that looks for something that moderators should know before they decide.</summary>
/// <param name="Version">Raised when the rule finds other things than before: its precision is measured for each version.</param>
/// <param name="Find">Returns the parts of the text that it finds.</param>
public sealed record FlagRule(
    string Id, int Version, FlagLevel Level, string Title, string Why, Func<CommentInput, IEnumerable<string>> Find);
