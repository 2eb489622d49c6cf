namespace ArmTwitch.Comments;

internal static class CommentQueries
{
    /// <summary>Those that a moderator has to look at.</summary>
    public static IQueryable<Comment> Waiting(this IQueryable<Comment> comments)
    {
        // Compared with a parameter: for the bare column SQLite goes through all comments there are, and takes no index.
        var yes = true;
        return comments.Where(comment => comment.IsWaiting == yes);
    }

    /// <summary>Those that readers see.</summary>
    public static IQueryable<Comment> Shown(this IQueryable<Comment> comments) => comments.Where(Comment.IsVisible);

    /// <summary>Whether a comment of this status is on its page, provided that a version of it was approved.</summary>
    public static bool IsPublished(this CommentStatus status) => status is CommentStatus.Approved or CommentStatus.ApprovedRedacted;
}
