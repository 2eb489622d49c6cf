namespace ArmTwitch.Comments.Authors;

/// <summary>What authors can do with their comment. The author's page sends these names in kebab-case.</summary>
public enum AuthorAction
{
    Edit,
    Withdraw,
    Erase,
    Appeal,

    /// <summary>Have no more mail sent about this comment.</summary>
    Mute,
}

public enum AuthorActionOutcome
{
    Done,
    NoSuchComment,

    /// <summary>The comment has changed since the author saw it, or its state does not allow the action.</summary>
    TooLate,

    /// <summary>Too many changes to this comment, or from this network.</summary>
    TooMany,

    /// <summary>The database is not available.</summary>
    Unavailable,
}

/// <param name="RetryAfter">For <see cref="AuthorActionOutcome.TooMany"/>: how long until there is room again.</param>
public sealed record AuthorActionResult(AuthorActionOutcome Outcome, TimeSpan RetryAfter = default);
