namespace ArmTwitch.Comments;

/// <summary>A reader's report: a moderator should look at the comment again.</summary>
public sealed class CommentReport
{
    public const int MaxReasonLength = 500;

    public long Id { get; init; }

    public required Guid CommentId { get; init; }

    /// <summary>
    /// Hash of the widest network that it came from, the comment and the time of the last decision, with the key of the day. Null in old
    /// reports.
    /// </summary>
    public byte[]? Reporter { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
