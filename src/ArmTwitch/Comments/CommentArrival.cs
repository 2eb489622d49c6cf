namespace ArmTwitch.Comments;

/// <summary>That a network wrote; kept for a day, for the limits and to know the same comment sent twice.</summary>
public sealed class CommentArrival
{
    public long Id { get; init; }

    /// <summary>
    /// Daily keyed hash of the network, article, parent, name, e-mail address and text; empty once the comment was taken back.
    /// </summary>
    public required byte[] Content { get; init; }

    public required Guid CommentId { get; init; }

    public required DateTimeOffset At { get; init; }
}
