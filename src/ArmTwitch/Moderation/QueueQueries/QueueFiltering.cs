using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.QueueQueries;

/// <summary>What a <see cref="QueueFilter"/> lets through, as a query.</summary>
internal static class QueueFiltering
{
    /// <param name="related">The comments that <see cref="QueueFilter.RelatedTo"/> asks for.</param>
    public static IQueryable<Comment> Apply(ArmTwitchDb db, QueueFilter filter, IReadOnlyList<Guid>? related = null)
    {
        var comments = db.Set<Comment>().AsNoTracking();
        comments = related is not null ? comments.Where(comment => related.Contains(comment.Id))
            : filter.Status is { } status ? comments.Where(comment => comment.Status == status)
            : InTab(comments.Waiting(), filter.Tab);
        if (filter.Article is { } article)
            comments = comments.Where(comment => comment.Article == article);
        if (filter.Rule is { Length: > 0 } rule)
            comments = comments.Where(comment =>
                db.Set<CommentFlag>().Any(flag => flag.CommentId == comment.Id && flag.Revision == comment.Revision && flag.Rule == rule));
        return filter.Words?.Trim() is { Length: > 0 } words ? WithWords(db, comments, words) : comments;
    }

    public static IQueryable<Comment> Appeals(IQueryable<Comment> comments) =>
        comments.Where(comment => comment.Status == CommentStatus.Pending && comment.Appeal != null);

    private static IQueryable<Comment> InTab(IQueryable<Comment> waiting, QueueTab tab) => tab switch
    {
        QueueTab.Crisis => waiting.Where(comment => comment.Level == FlagLevel.Crisis),
        QueueTab.RedFlags => waiting.Where(comment => comment.Level == FlagLevel.RedFlag),
        QueueTab.Advertising => Ordinary(waiting).Where(comment => comment.IsSpamLike),
        QueueTab.Appeals => Appeals(waiting),
        QueueTab.Rest => Ordinary(waiting).Where(comment => !comment.IsSpamLike),
        _ => waiting,
    };

    private static IQueryable<Comment> Ordinary(IQueryable<Comment> waiting) => waiting.Where(comment =>
        comment.Level == FlagLevel.Ordinary && (comment.Appeal == null || comment.Status != CommentStatus.Pending));

    private static IQueryable<Comment> WithWords(ArmTwitchDb db, IQueryable<Comment> comments, string words)
    {
        const string escape = "\\";
        var literal = words.Replace(escape, escape + escape, StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        var pattern = $"%{literal}%";
        var hidden = DecisionHistory.WithHiddenOriginal(db);
        return db.Database.IsNpgsql()
            ? comments.Where(comment => EF.Functions.ILike(comment.Author, pattern, escape)
                || EF.Functions.ILike(hidden.Any(one => one.Id == comment.Id) ? comment.ShownText! : comment.Text, pattern, escape))
            : comments.Where(comment => EF.Functions.Like(comment.Author, pattern, escape)
                || EF.Functions.Like(hidden.Any(one => one.Id == comment.Id) ? comment.ShownText! : comment.Text, pattern, escape));
    }
}
