namespace ArmTwitch.Comments;

/// <summary>A link to the author's page. A comment that was sent twice has two.</summary>
public sealed class CommentToken
{
    public const string Purpose = "comment";

    /// <summary>SHA-256 of the secret in the link. The secret is stored nowhere.</summary>
    public required byte[] Hash { get; init; }

    public required Guid CommentId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
