namespace ArmTwitch.Comments;

/// <summary>A link to the writer's own page. A comment that its writer sent twice has two of them.</summary>
public sealed class CommentToken
{
    public const string Purpose = "comment";

    /// <summary>SHA-256 of the secret in the link; the secret itself is kept nowhere.</summary>
    public required byte[] Hash { get; init; }

    public required Guid CommentId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
