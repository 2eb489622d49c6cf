namespace ArmTwitch.Comments.Flags;

/// <summary>Something that a moderator should know before deciding.</summary>
/// <param name="Version">Goes up whenever the rule sees other things than before, so that its precision can be told apart.</param>
/// <param name="Find">The parts of the text that it sees; none when there is nothing to say.</param>
public sealed record FlagRule(
    string Id, int Version, FlagLevel Level, string Title, string Why, Func<CommentInput, IEnumerable<string>> Find);
