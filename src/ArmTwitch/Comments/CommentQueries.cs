namespace ArmTwitch.Comments;

internal static class CommentQueries
{
    /// <summary>Comments that a moderator has to look at.</summary>
    public static IQueryable<Comment> Waiting(this IQueryable<Comment> comments)
    {
        // Compared with a parameter: for the bare column SQLite uses no index and reads all comments.
        var yes = true;
        return comments.Where(comment => comment.IsWaiting == yes);
    }

    /// <summary>Comments that readers see.</summary>
    public static IQueryable<Comment> Shown(this IQueryable<Comment> comments) => comments.Where(Comment.IsShownInQuery);

    /// <summary>Whether readers see a comment of this status, if a version of it was approved.</summary>
    public static bool IsPublished(this CommentStatus status) => status is CommentStatus.Approved or CommentStatus.ApprovedRedacted;
}
