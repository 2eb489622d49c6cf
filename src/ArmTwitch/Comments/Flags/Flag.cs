namespace ArmTwitch.Comments.Flags;

/// <summary>What one rule saw in a comment. A flag holds a comment and orders the queue; it decides nothing.</summary>
/// <param name="Words">The words it saw, as the writer typed them.</param>
/// <param name="Why">What a moderator should think of, in plain words.</param>
public sealed record Flag(string Rule, int Version, FlagLevel Level, string Words, string Why)
{
    /// <summary>The rule of a flag that says: another rule failed, so a person has to look.</summary>
    public const string CouldNotCheck = "could-not-check";

    /// <summary>The row of this flag, raised on one version of a comment.</summary>
    public CommentFlag ToEntity(Guid comment, int revision) => new()
    {
        CommentId = comment,
        Revision = revision,
        Rule = Rule,
        Version = Version,
        Level = Level,
        Words = Words,
        Why = Why,
    };
}
