namespace ArmTwitch.Comments;

/// <summary>
/// That a comment was sent. Kept for a day, to recognise one that is sent twice and for other replicas to notice a new one.
/// </summary>
public sealed class CommentArrival
{
    public long Id { get; init; }

    /// <summary>
    /// Hash of the network, article, parent, name, e-mail address and text, with the key of the day. Empty once the comment was taken back.
    /// </summary>
    public required byte[] Content { get; init; }

    /// <summary>
    /// Hash of the network, with the key of the day: a moderator sees other comments from there on that day. Null once the comment was
    /// taken back.
    /// </summary>
    public byte[]? Network { get; init; }

    public required Guid CommentId { get; init; }

    public required DateTimeOffset At { get; init; }
}
