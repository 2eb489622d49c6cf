using System.Text;
using System.Text.RegularExpressions;
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
    /// <param name="me">The moderator who looks; null for nobody.</param>
    public static IQueryable<Comment> Apply(ArmTwitchDb db, QueueFilter filter, IReadOnlyList<Guid>? related = null, Guid? me = null)
    {
        var comments = db.Set<Comment>().AsNoTracking();
        comments = related is not null ? comments.Where(comment => related.Contains(comment.Id))
            : filter.Status is { } status ? comments.Where(comment => comment.Status == status)
            : filter.Tab is QueueTab.Reported ? Reported(db, comments) : InTab(comments.Waiting(), filter.Tab, me);
        if (filter.Article is { } article)
            comments = comments.Where(comment => comment.Article == article);
        if (filter.Rule is { } rule)
            comments = comments.Where(comment =>
                db.Set<CommentFlag>().Any(flag => flag.CommentId == comment.Id && flag.Revision == comment.Revision && flag.Rule == rule));
        return filter.Words is { } words ? WithWords(db, comments, words) : comments;
    }

    public static IQueryable<Comment> Appeals(IQueryable<Comment> comments) =>
        comments.Where(comment => comment.Status == CommentStatus.Pending && comment.Appeal != null);

    /// <summary>
    /// What readers' reports have taken off the page: it was decided on before, and reported since. Read by the index of the state: few
    /// comments that wait have a decision.
    /// </summary>
    public static IQueryable<Comment> Reported(ArmTwitchDb db, IQueryable<Comment> comments) => comments.Where(comment =>
        comment.Status == CommentStatus.Pending && comment.DecidedAt != null && comment.IsWaiting && comment.ShownText != null
        && db.Set<CommentReport>().Any(report => report.CommentId == comment.Id && report.At > comment.DecidedAt));

    /// <summary>What was passed on to a moderator.</summary>
    public static IQueryable<Comment> PassedOnTo(Guid? moderator, IQueryable<Comment> comments) =>
        comments.Where(comment => comment.EscalatedTo == moderator && comment.EscalatedTo != null);

    private static IQueryable<Comment> InTab(IQueryable<Comment> waiting, QueueTab tab, Guid? me) => tab switch
    {
        QueueTab.ForMe => PassedOnTo(me, waiting),
        QueueTab.Crisis => waiting.Where(comment => comment.Level == FlagLevel.Crisis),
        QueueTab.RedFlags => waiting.Where(comment => comment.Level == FlagLevel.RedFlag),
        QueueTab.Advertising => Ordinary(waiting).Where(comment => comment.IsSpamLike),
        QueueTab.Appeals => Appeals(waiting),
        QueueTab.Rest => Ordinary(waiting).Where(comment => !comment.IsSpamLike),
        _ => waiting,
    };

    private static IQueryable<Comment> Ordinary(IQueryable<Comment> waiting) => waiting.Where(comment =>
        comment.Level == FlagLevel.Ordinary && (comment.Appeal == null || comment.Status != CommentStatus.Pending));

    /// <remarks>
    /// LIKE of SQLite knows the two cases of A to Z alone, ILIKE of PostgreSQL those of its locale. So both databases get a pattern in
    /// which each letter stands in both of its cases.
    /// </remarks>
    private static IQueryable<Comment> WithWords(ArmTwitchDb db, IQueryable<Comment> comments, string words)
    {
        var hidden = DecisionHistory.WithHiddenOriginal(db);
        if (db.Database.IsNpgsql())
        {
            var regex = InBothCases(words, other => @"\^$.[]{}()|?*+".Contains(other) ? $@"\{other}" : $"{other}");
            return comments.Where(comment => Regex.IsMatch(comment.Author, regex)
                || Regex.IsMatch(hidden.Any(one => one.Id == comment.Id) ? comment.ShownText! : comment.Text, regex));
        }

        var glob = $"*{InBothCases(words, other => other is '*' or '?' or '[' ? $"[{other}]" : $"{other}")}*";
        return comments.Where(comment => EF.Functions.Glob(comment.Author, glob)
            || EF.Functions.Glob(hidden.Any(one => one.Id == comment.Id) ? comment.ShownText! : comment.Text, glob));
    }

    /// <param name="escape">Writes a character that has no cases as the pattern needs it.</param>
    private static string InBothCases(string words, Func<char, string> escape)
    {
        var pattern = new StringBuilder();
        foreach (var one in words.EnumerateRunes())
        {
            var (lower, upper) = (Rune.ToLowerInvariant(one), Rune.ToUpperInvariant(one));
            pattern.Append(lower != upper ? $"[{lower}{upper}]" : one.IsAscii ? escape((char)one.Value) : one.ToString());
        }

        return pattern.ToString();
    }
}
