namespace ArmTwitch.Comments.Flags;

/// <summary>What a rule found in a comment. It is stored as <see cref="CommentFlag"/>.</summary>
/// <param name="Words">The words that it found, as the author typed them.</param>
/// <param name="Why">What moderators are told about it.</param>
public sealed record Flag(string Rule, int Version, FlagLevel Level, string Words, string Why)
{
    /// <summary>Rule of the flag for a rule that failed or was too slow: a moderator has to look.</summary>
    public const string CouldNotCheck = "could-not-check";

    private const int MostWords = 200;

    /// <summary>What a form field holds, short enough for <see cref="Words"/>: 200 characters.</summary>
    public static string Truncate(string words) =>
        words.Length <= MostWords ? words : $"{Beginning.Of(words, MostWords - 1).TrimEnd()}…";

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
