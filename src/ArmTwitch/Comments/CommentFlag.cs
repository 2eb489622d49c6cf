namespace ArmTwitch.Comments;

/// <summary>How soon a moderator has to look. Stored as a number; the most urgent first.</summary>
public enum FlagLevel
{
    /// <summary>Somebody may be about to harm themselves or be in danger.</summary>
    Crisis,

    /// <summary>Somebody may need a doctor now.</summary>
    RedFlag,

    Ordinary,
}

/// <summary>What a rule found in one version of a comment. Flags order the queue and warn moderators; they decide nothing.</summary>
public sealed class CommentFlag
{
    public long Id { get; init; }

    public required Guid CommentId { get; init; }

    public required int Revision { get; init; }

    public required string Rule { get; init; }

    public required int Version { get; init; }

    public required FlagLevel Level { get; init; }

    /// <summary>The words that it found; empty once they are deleted.</summary>
    public required string Words { get; set; }

    /// <summary>What moderators are told about it.</summary>
    public required string Why { get; init; }
}
