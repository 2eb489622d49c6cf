namespace ArmTwitch.Comments;

/// <summary>How soon a person has to look.</summary>
public enum FlagLevel
{
    /// <summary>Somebody may be about to harm themselves.</summary>
    Crisis,

    /// <summary>Somebody may need a doctor now.</summary>
    RedFlag,

    Ordinary,
}

/// <summary>What a rule saw in one version of a comment. Flags hold and order; they decide nothing.</summary>
public sealed class CommentFlag
{
    public long Id { get; init; }

    public required Guid CommentId { get; init; }

    public required int Revision { get; init; }

    public required string Rule { get; init; }

    public required int Version { get; init; }

    public required FlagLevel Level { get; init; }

    /// <summary>The words it saw; empty for those who may not read them, and once they are deleted.</summary>
    public required string Words { get; set; }

    /// <summary>Why that matters, in plain words.</summary>
    public required string Why { get; init; }
}
