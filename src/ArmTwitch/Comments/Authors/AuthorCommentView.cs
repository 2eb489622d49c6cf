namespace ArmTwitch.Comments.Authors;

/// <summary>What the writer's own page shows.</summary>
/// <param name="UsualWait">The median of the last 30 days; null when nothing was measured.</param>
/// <param name="ExpiresAt">Until when the link works.</param>
public sealed record AuthorCommentView(Comment Comment, TimeSpan? UsualWait, DateTimeOffset ExpiresAt)
{
    public bool MayEdit => Comment.Status is CommentStatus.Pending || Comment.Status.IsPublished();

    public bool MayWithdraw => MayEdit;

    /// <summary>Whether a moderator refused the latest text, while readers go on seeing the one before.</summary>
    public bool IsEditRefused => Comment is { IsShown: true, IsWaiting: false, Reason: not null };

    public bool MayAppeal => Comment.Status is CommentStatus.Rejected && Comment.Appeal is null;
}
