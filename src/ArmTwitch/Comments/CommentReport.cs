namespace ArmTwitch.Comments;

/// <summary>A reader's wish that a moderator look at a comment again.</summary>
public sealed class CommentReport
{
    public const int MaxReasonLength = 500;

    public long Id { get; init; }

    public required Guid CommentId { get; init; }

    /// <summary>
    /// Daily keyed hash of the widest network it came from, of this comment and of the decision before it; null in old reports.
    /// </summary>
    public byte[]? Reporter { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
