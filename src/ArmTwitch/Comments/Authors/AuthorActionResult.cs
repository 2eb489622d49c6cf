namespace ArmTwitch.Comments.Authors;

/// <summary>What a writer may do with a comment.</summary>
public enum AuthorAction
{
    Edit,
    Withdraw,
    Erase,
    Appeal,

    /// <summary>No mail about this comment any more.</summary>
    Mute,
}

public enum AuthorActionOutcome
{
    Done,
    NoSuchComment,

    /// <summary>A moderator was faster, or the state does not allow it.</summary>
    TooLate,

    /// <summary>This comment, or comments from this network, were changed a lot lately.</summary>
    TooMany,

    Unavailable,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public sealed record AuthorActionResult(AuthorActionOutcome Outcome, TimeSpan RetryAfter = default);
