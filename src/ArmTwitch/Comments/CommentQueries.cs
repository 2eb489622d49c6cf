using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

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

    /// <summary>
    /// Comments that readers see, and those that leave a gap because readers see an answer to them. Each is looked at by itself, so that the
    /// first twenty of a long discussion cost no more than twenty.
    /// </summary>
    public static IQueryable<Comment> ShownOrAnswered(this IQueryable<Comment> comments, IQueryable<Comment> shown)
    {
        Expression<Func<Comment, bool>> isAnswered = comment => shown.Any(answer => answer.ParentId == comment.Id);
        // The parameter of the answered comment serves both: the query of what is shown has the other one inside.
        var root = isAnswered.Parameters[0];
        var isShown = ReplacingExpressionVisitor.Replace(Comment.IsShownInQuery.Parameters[0], root, Comment.IsShownInQuery.Body);
        return comments.Where(Expression.Lambda<Func<Comment, bool>>(Expression.OrElse(isShown, isAnswered.Body), root));
    }

    /// <summary>The answers to some comments, in no order: for the sake of one SQLite would read all comments on the article.</summary>
    /// <param name="shown">What readers see on the article of those comments.</param>
    public static IQueryable<Comment> AnswersTo(this IQueryable<Comment> shown, IReadOnlyCollection<Guid> ids) =>
        shown.Where(comment => comment.ParentId != null && ids.Contains(comment.ParentId.Value));

    /// <summary>Comments in the order in which readers see them.</summary>
    /// <param name="from">When the last comment of the page before was first shown; null to begin with the first.</param>
    /// <param name="after">The id of that comment.</param>
    public static IQueryable<Comment> InOrder(this IQueryable<Comment> comments, DateTimeOffset? from = null, Guid after = default) =>
        // The first half alone is what an index is searched for.
        (from is null ? comments : comments.Where(comment => comment.ShownAt >= from && (comment.ShownAt > from || comment.Id > after)))
            .OrderBy(comment => comment.ShownAt).ThenBy(comment => comment.Id);

    /// <summary>Whether readers see a comment of this status, if a version of it was approved.</summary>
    public static bool IsPublished(this CommentStatus status) => status is CommentStatus.Approved or CommentStatus.ApprovedRedacted;
}
