namespace ArmTwitch.Comments.Authors;

/// <summary>A comment as its author may see it, and what the author may do.</summary>
/// <param name="UsualWait">The median wait for a decision in the last 30 days; null when there was none.</param>
/// <param name="ExpiresAt">When the link stops working.</param>
public sealed record AuthorCommentView(Comment Comment, TimeSpan? UsualWait, DateTimeOffset ExpiresAt)
{
    public bool MayEdit => Comment.Status is CommentStatus.Pending || Comment.Status.IsPublished();

    public bool MayWithdraw => MayEdit;

    /// <summary>Whether a moderator refused the latest text while readers still see the one before.</summary>
    public bool IsEditRefused => Comment is { IsShown: true, IsWaiting: false, Reason: not null };

    public bool MayAppeal => Comment.Status is CommentStatus.Rejected && Comment.Appeal is null;
}
