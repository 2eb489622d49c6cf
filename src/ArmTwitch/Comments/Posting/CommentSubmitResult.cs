namespace ArmTwitch.Comments.Posting;

/// <summary>What became of a comment that was sent.</summary>
public enum CommentSubmitOutcome
{
    /// <summary>It is on disk and waits for a moderator.</summary>
    Received,

    /// <summary>The same person sent the same comment a moment ago; it is stored once.</summary>
    ReceivedBefore,

    /// <summary>It answers a comment that readers do not see.</summary>
    NoSuchParent,

    /// <summary>Too many comments from this network.</summary>
    TooMany,

    /// <summary>The database is not available.</summary>
    Unavailable,
}

/// <param name="Token">The secret of the author's page; null unless the comment was received.</param>
/// <param name="RetryAfter">For <see cref="CommentSubmitOutcome.TooMany"/>: how long until there is room again.</param>
/// <param name="IsRepeat">Whether the same comment was received a moment ago, so that nothing is lost when this one is refused.</param>
public sealed record CommentSubmitResult(
    CommentSubmitOutcome Outcome, string? Token = null, TimeSpan RetryAfter = default, bool IsRepeat = false);
